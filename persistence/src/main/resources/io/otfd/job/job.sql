-- name: job.insert
INSERT INTO job (run_id, kind, queue, priority, status)
VALUES (:run_id, :kind, :queue, :priority, 'queued')

-- name: job.claim
-- The inner query takes the first row that no other agent is looking at, by the partial index on queued jobs.
UPDATE job
SET status = 'claimed',
    agent_id = :agent_id,
    lease_id = :lease_id,
    claimed_at = now(),
    attempts = attempts + 1
WHERE id = (
    SELECT j.id
    FROM job j
    WHERE j.queue = :queue
      AND j.status = 'queued'
      AND j.kind = ANY(CAST(:kinds AS text[]))
    ORDER BY j.priority, j.id
    FOR UPDATE SKIP LOCKED
    LIMIT 1)
RETURNING *

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
SET lease_id = :lease_id
WHERE id = :id
RETURNING *

-- name: job.started
UPDATE job
SET started = true
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

-- name: job.leased
SELECT *
FROM job
WHERE run_id = :run_id
  AND lease_id = :lease_id

-- name: job.requeue
UPDATE job
SET status = 'queued',
    agent_id = NULL,
    lease_id = NULL,
    claimed_at = NULL
WHERE id = :id

-- name: job.signal
UPDATE job
SET signal = :signal
WHERE id = :id

-- name: job.count_by_status
SELECT count(*) AS count
FROM job
WHERE status = :status
