/**
 * One job: from an offer to a report. Everything that must outlive this process is on disk under
 * {@code jobs/<run id>}: {@code offer.json}, the unpacked {@code config}, and one directory per engine invocation under
 * {@code steps}. A new process finds its place again by looking at them.
 */
package io.otfd.agent.job;
