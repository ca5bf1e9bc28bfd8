/**
 * OTF's dialect of the agent protocol, for agents of OTF as they are: below /otfapi, in OTF's JSON:API documents. It stands
 * on the services of the TFC agent protocol.
 *
 * <pre>
 * with the pool's token   register → status every 10 s
 *                         await-allocated-jobs → jobs/start, which gives the job's token
 * with the job's token    await-signal beside all of: run, workspace, configuration, variables, state
 *                         → logs, plan file, lock file, state → jobs/finish
 * </pre>
 */
package io.otfd.api.otf;
