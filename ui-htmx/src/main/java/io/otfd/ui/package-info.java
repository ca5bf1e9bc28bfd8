/** Pages for people: server-rendered HTML on the services of persistence. Complete without JavaScript. */
package io.otfd.ui;
