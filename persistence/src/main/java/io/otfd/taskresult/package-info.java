/**
 * What run tasks say of runs. A result is a row, made with the run and asked when its stage begins:
 *
 * <pre>
 *            2xx              the task says so
 *   pending ─────► running ─────────────────────► passed, failed
 *      │              │
 *      │ no answer    │ silence
 *      └──────────────┴───► errored        the run ends first: canceled, or unreachable before the stage
 * </pre>
 */
package io.otfd.taskresult;
