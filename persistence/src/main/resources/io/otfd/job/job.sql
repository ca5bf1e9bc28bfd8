-- name: job.insert
-- An apply goes on from what the plan's agent has left, in that agent's form.
INSERT INTO job (run_id, kind, query, engine, queue, priority, status, dialect)
VALUES (:run_id, :kind, (SELECT query FROM run WHERE id = :run_id), :engine, :queue, :priority, 'queued',
        (SELECT dialect FROM job WHERE run_id = :run_id AND kind = 'plan'))

-- name: job.next
-- The first one that no other agent is looking at, by the partial index on queued jobs.
SELECT j.id
FROM job j
WHERE j.queue = :queue
  AND j.status = 'queued'
  AND j.kind = ANY(CAST(:kinds AS text[]))
  AND (NOT j.query OR 'query' = ANY(CAST(:kinds AS text[])))
  AND j.engine = ANY(CAST(:engines AS text[]))
  AND (j.dialect IS NULL OR j.dialect = :dialect)
  AND (CAST(:run_id AS text) IS NULL OR j.run_id = CAST(:run_id AS text))
ORDER BY j.priority, j.id
FOR UPDATE SKIP LOCKED
LIMIT 1

-- name: job.next_fairly
-- The same in a queue that all organizations share: among jobs of one priority that of the organization with the fewest goes first.
WITH held AS (
    SELECT w.organization_id, count(*) AS jobs
    FROM job h
    JOIN run r ON r.id = h.run_id
    JOIN workspace w ON w.id = r.workspace_id
    WHERE h.queue = :queue
      AND h.status = 'claimed'
    GROUP BY w.organization_id)
SELECT j.id
FROM job j
JOIN run r ON r.id = j.run_id
JOIN workspace w ON w.id = r.workspace_id
LEFT JOIN held ON held.organization_id = w.organization_id
WHERE j.queue = :queue
  AND j.status = 'queued'
  AND j.kind = ANY(CAST(:kinds AS text[]))
  AND (NOT j.query OR 'query' = ANY(CAST(:kinds AS text[])))
  AND j.engine = ANY(CAST(:engines AS text[]))
  AND (j.dialect IS NULL OR j.dialect = :dialect)
  AND (CAST(:run_id AS text) IS NULL OR j.run_id = CAST(:run_id AS text))
ORDER BY j.priority, COALESCE(held.jobs, 0), j.id
FOR UPDATE OF j SKIP LOCKED
LIMIT 1

-- name: job.claim
-- An organization's own time-outs go before the site's.
UPDATE job
SET status = 'claimed',
    agent_id = :agent_id,
    lease_id = :lease_id,
    dialect = :dialect,
    timeout_millis = (
        SELECT CASE job.kind
            WHEN 'plan' THEN COALESCE(o.plan_timeout_millis, CAST(:plan_millis AS bigint))
            ELSE COALESCE(o.apply_timeout_millis, CAST(:apply_millis AS bigint)) END
        FROM run r
        JOIN workspace w ON w.id = r.workspace_id
        JOIN organization o ON o.id = w.organization_id
        WHERE r.id = job.run_id),
    overdue_at = NULL,
    claimed_at = now(),
    acknowledged = false,
    missed = false,
    heard_at = NULL,
    attempts = attempts + 1
WHERE id = :id
RETURNING *

-- name: job.is_expected
-- Whether this agent may still get a job of the run: it goes on, and nobody else has its apply.
SELECT 1 AS found
FROM run r
WHERE r.id = :run_id
  AND r.status NOT IN ('planned_and_finished', 'applied', 'discarded', 'errored', 'canceled', 'force_canceled')
  AND r.agent_pool_id IS NOT DISTINCT FROM CAST(:agent_pool_id AS text)
  AND NOT EXISTS (
      SELECT 1 FROM job j
      WHERE j.run_id = r.id AND j.kind = 'apply' AND j.status <> 'queued' AND j.agent_id IS DISTINCT FROM :agent_id)

-- name: job.by_id
SELECT *
FROM job
WHERE id = :id

-- name: job.lock
SELECT *
FROM job
WHERE run_id = :run_id
  AND kind = :kind
FOR UPDATE

-- name: job.held_by
SELECT *
FROM job
WHERE agent_id = :agent_id
  AND status = 'claimed'
ORDER BY id

-- name: job.claimed
SELECT *
FROM job
WHERE run_id = :run_id
  AND status = 'claimed'

-- name: job.renew
UPDATE job
SET lease_id = :lease_id,
    missed = false,
    heard_at = now()
WHERE id = :id
RETURNING *

-- name: job.started
UPDATE job
SET started = true,
    acknowledged = true,
    heard_at = now()
WHERE id = :id

-- name: job.listed
-- The agent names the job among those that it has.
UPDATE job
SET acknowledged = true,
    missed = false,
    heard_at = now()
WHERE run_id = :run_id
  AND lease_id = :lease_id
  AND agent_id = :agent_id
  AND status = 'claimed'

-- name: job.busy
-- The agent works, and knows of one job at a time.
UPDATE job
SET acknowledged = true,
    heard_at = now()
WHERE agent_id = :agent_id
  AND status = 'claimed'

-- name: job.mark_missed
-- The agent has listed its jobs, and this one is long enough in its hands to be among them.
UPDATE job
SET missed = true
WHERE agent_id = :agent_id
  AND status = 'claimed'
  AND NOT acknowledged
  AND NOT missed
  AND NOT run_id = ANY(CAST(:listed AS text[]))
  AND COALESCE(heard_at, claimed_at) < now() - make_interval(secs => CAST(:seconds AS double precision))
RETURNING *

-- name: job.undelivered
-- What the agent was given and does not have: an agent of one job that asks for another, or one that listed its jobs.
SELECT j.*
FROM job j
JOIN agent a ON a.id = j.agent_id
WHERE j.agent_id = :agent_id
  AND j.status = 'claimed'
  AND NOT j.acknowledged
  AND (j.missed OR NOT a.extended)
ORDER BY j.id
LIMIT 1

-- name: job.abandoned
-- In nobody's hands: its agent is gone, or speaks on without a word of it. OTF's agents have no word for it but the log,
-- which may be silent for long.
SELECT j.*
FROM job j
LEFT JOIN agent a ON a.id = j.agent_id
WHERE j.status = 'claimed'
  AND (a.id IS NULL
    OR a.status IN ('errored', 'exited')
    OR a.status IN ('idle', 'busy')
       AND a.dialect = 'tfc'
       AND a.last_ping_at > COALESCE(j.heard_at, j.claimed_at)
       AND COALESCE(j.heard_at, j.claimed_at) < now() - make_interval(
            secs => 3 * CAST(:unknown_seconds AS double precision))
       AND CAST(:attentive_seconds AS double precision) >= 3 * CAST(:unknown_seconds AS double precision))
ORDER BY j.id

-- name: job.unacknowledged
-- Given to an agent that has never said so since it was offered last. An apply may not run twice: only agents that start none before we know count.
SELECT j.*
FROM job j
JOIN agent a ON a.id = j.agent_id
WHERE j.status = 'claimed'
  AND NOT j.acknowledged
  AND NOT j.started
  AND (j.kind = 'plan' OR a.extended OR a.dialect = 'otf')
  AND COALESCE(j.heard_at, j.claimed_at) < now() - make_interval(
        secs => CAST(:unknown_seconds AS double precision)
            * CASE WHEN a.extended OR a.dialect = 'otf' THEN 1 ELSE 3 END)
  AND CAST(:attentive_seconds AS double precision)
      > CAST(:unknown_seconds AS double precision) * CASE WHEN a.extended OR a.dialect = 'otf' THEN 1 ELSE 3 END
ORDER BY j.id

-- name: job.overdue
-- Its time is over. Our own agents stop an engine themselves, and are given a while for it.
SELECT j.*
FROM job j
LEFT JOIN agent a ON a.id = j.agent_id
WHERE j.status = 'claimed'
  AND j.overdue_at IS NULL
  AND j.claimed_at < now() - make_interval(
        secs => j.timeout_millis / 1000.0 + CASE WHEN a.extended THEN CAST(:own_seconds AS double precision) ELSE 0 END)
ORDER BY j.id

-- name: job.overstayed
-- Told to stop, and there still.
SELECT *
FROM job
WHERE status = 'claimed'
  AND overdue_at < now() - make_interval(secs => CAST(:grace_seconds AS double precision))
ORDER BY id

-- name: job.set_overdue
UPDATE job
SET overdue_at = now()
WHERE id = :id

-- name: job.finish
UPDATE job
SET status = 'finished',
    finished_at = now()
WHERE id = :id

-- name: job.take_away
UPDATE job
SET status = 'finished',
    finished_at = now(),
    lease_id = NULL
WHERE id = :id

-- name: job.is_writer
-- Whether that claim of the phase's job is the one that counts. A claim is known by its number, from 1.
SELECT 1 AS found
FROM phase f
JOIN job j ON j.run_id = f.run_id AND j.kind = f.kind
WHERE f.id = :phase_id
  AND j.status = 'claimed'
  AND (j.attempts = :attempt OR CAST(:attempt AS integer) = 0)

-- name: job.leased
SELECT *
FROM job
WHERE run_id = :run_id
  AND lease_id = :lease_id

-- name: job.requeue
UPDATE job
SET status = 'queued',
    dialect = NULL,
    agent_id = NULL,
    lease_id = NULL,
    claimed_at = NULL,
    acknowledged = false,
    missed = false,
    heard_at = NULL
WHERE id = :id

-- name: job.signal
UPDATE job
SET signal = :signal
WHERE id = :id

-- name: job.listen
UPDATE job
SET listener = :listener
WHERE id = :id

-- name: job.tell
-- What the last who listens has not been told yet, once.
UPDATE job
SET told = signal
WHERE id = :id
  AND listener = :listener
  AND status = 'claimed'
  AND signal <> told
RETURNING signal

-- name: job.count_by_status
SELECT count(*) AS count
FROM job
WHERE status = :status
