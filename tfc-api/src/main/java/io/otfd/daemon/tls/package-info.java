/** Certificates of the server: a local CA made by the JDK alone, or the user's own files. */
package io.otfd.daemon.tls;
