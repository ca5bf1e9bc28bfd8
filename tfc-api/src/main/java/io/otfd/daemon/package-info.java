/** The process {@code otfd}: configuration, composition, start and stop. */
package io.otfd.daemon;
