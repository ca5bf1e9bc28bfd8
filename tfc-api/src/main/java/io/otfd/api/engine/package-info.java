/** Engines for agents: where this server has them from, and the URLs under which agents fetch them. */
package io.otfd.api.engine;
