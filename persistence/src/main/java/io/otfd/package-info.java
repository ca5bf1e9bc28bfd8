/** The control plane's state and the rules that guard it: types, services, SQL, events, queue. No HTTP. */
package io.otfd;
