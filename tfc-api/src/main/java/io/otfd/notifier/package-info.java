/** Takes notifications to their destinations: over HTTP to addresses that may be spoken to, and by SMTP. */
package io.otfd.notifier;
