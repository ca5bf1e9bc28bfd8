/**
 * Who is told of runs. A delivery is a row, written in the transaction that changes the run:
 *
 * <pre>
 *            claim            2xx
 *   pending ───────► (sent) ───────► delivered
 *      ▲                │
 *      │ 5xx, no answer │ 4xx, refused address, attempts used up, disabled
 *      └────────────────┤
 *                       └──────────► failed
 * </pre>
 */
package io.otfd.notification;
