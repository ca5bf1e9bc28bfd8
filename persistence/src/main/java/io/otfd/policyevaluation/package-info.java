/**
 * What the policies of a run have come to, once there is a plan. Any server evaluates; rows say who does.
 *
 * <pre>
 *   pending ──► queued ──► running ──► passed
 *      │           │          │──────► failed ──► overridden
 *      │           │          └──────► errored
 *      ▼           └──────────┴──────► canceled
 *   unreachable
 * </pre>
 */
package io.otfd.policyevaluation;
