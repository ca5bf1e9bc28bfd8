/** What an engine's output says of its work: agents report it, and the server reads it where an agent does not. */
package io.otfd.agent.summary;
