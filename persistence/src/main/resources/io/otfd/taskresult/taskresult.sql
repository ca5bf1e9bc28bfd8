-- name: task_result.due
-- Tasks that a run of the workspace made now goes through, a row for each stage.
SELECT e.task_id, e.workspace_task_id, e.enforcement_level, t.name, t.url, s.stage
FROM effective_task e
JOIN task t ON t.id = e.task_id
CROSS JOIN LATERAL unnest(e.stages) AS s (stage)
WHERE e.workspace_id = :workspace_id
ORDER BY t.name, t.id

-- name: task_result.insert
INSERT INTO task_result (id, task_stage_id, task_id, workspace_task_id, task_name, task_url, enforcement_level, status, created_at,
                         updated_at)
VALUES (:id, :stage_id, :task_id, CAST(:workspace_task_id AS text), :task_name, :task_url, :enforcement_level, 'pending',
        CAST(:now AS timestamptz), CAST(:now AS timestamptz))

-- name: task_result.skip
-- Of a stage that begins: nobody asks a task that is disabled or gone by now.
UPDATE task_result r
SET status = 'unreachable',
    message = 'The run task was disabled or deleted before this stage.',
    updated_at = :now
WHERE r.task_stage_id = :stage_id
  AND r.status = 'pending'
  AND NOT EXISTS (SELECT 1 FROM task t WHERE t.id = r.task_id AND t.enabled)

-- name: task_result.begin
UPDATE task_result
SET due_at = now(),
    updated_at = :now
WHERE task_stage_id = :stage_id
  AND status = 'pending'

-- name: task_result.verdicts
SELECT status, enforcement_level
FROM task_result
WHERE task_stage_id = :stage_id

-- name: task_result.end
-- Of a stage that is over: what was asked is canceled, what was not is unreachable.
UPDATE task_result
SET status = CASE WHEN due_at IS NULL THEN 'unreachable' ELSE 'canceled' END,
    status_timestamps = CASE
        WHEN due_at IS NULL THEN status_timestamps
        ELSE status_timestamps || jsonb_build_object('canceled-at', CAST(:now_text AS text)) END,
    updated_at = :now
WHERE task_stage_id = :stage_id
  AND status IN ('pending', 'running')

-- name: task_result.claim
-- Whoever claims has :lease seconds; when it dies meanwhile, another asks once more.
WITH due AS (
    SELECT r.id
    FROM task_result r
    WHERE r.status = 'pending'
      AND r.due_at <= now()
    ORDER BY r.due_at
    LIMIT :limit
    FOR UPDATE SKIP LOCKED)
UPDATE task_result r
SET attempts = r.attempts + 1,
    due_at = now() + make_interval(secs => CAST(:lease AS double precision))
FROM due
WHERE r.id = due.id
RETURNING r.id

-- name: task_result.to_send
SELECT x.id, x.attempts, x.task_id, x.task_url, x.enforcement_level, t.hmac_key, s.stage, r.id AS run_id, r.plan_only,
       r.message AS run_message, r.created_at AS run_created_at, u.username AS run_created_by, r.working_directory,
       r.configuration_version_id, p.id AS plan_id, w.id AS workspace_id, w.name AS workspace_name, o.name AS organization_name
FROM task_result x
JOIN task_stage s ON s.id = x.task_stage_id
JOIN run r ON r.id = s.run_id
JOIN phase p ON p.run_id = r.id AND p.kind = 'plan'
JOIN workspace w ON w.id = r.workspace_id
JOIN organization o ON o.id = w.organization_id
LEFT JOIN task t ON t.id = x.task_id
LEFT JOIN users u ON u.id = r.created_by
WHERE x.id = ANY(CAST(:ids AS text[]))
ORDER BY x.position

-- name: task_result.next_due
SELECT CAST(ceil(EXTRACT(EPOCH FROM min(due_at) - now()) * 1000) AS bigint) AS millis
FROM task_result
WHERE status = 'pending'
  AND due_at IS NOT NULL

-- name: task_result.run
SELECT s.run_id
FROM task_result r
JOIN task_stage s ON s.id = r.task_stage_id
WHERE r.id = :id

-- name: task_result.by_id
SELECT r.*, s.run_id, s.stage,
       ARRAY(SELECT o.id FROM task_result_outcome o WHERE o.task_result_id = r.id ORDER BY o.position) AS outcome_ids
FROM task_result r
JOIN task_stage s ON s.id = r.task_stage_id
WHERE r.id = :id

-- name: task_result.of_stages
SELECT r.*, s.run_id, s.stage,
       ARRAY(SELECT o.id FROM task_result_outcome o WHERE o.task_result_id = r.id ORDER BY o.position) AS outcome_ids
FROM task_result r
JOIN task_stage s ON s.id = r.task_stage_id
WHERE r.task_stage_id = ANY(CAST(:stage_ids AS text[]))
ORDER BY r.position

-- name: task_result.taken
-- The task has taken the request that this attempt brought; it may have answered before.
UPDATE task_result r
SET status = 'running',
    status_timestamps = r.status_timestamps || jsonb_build_object('running-at', CAST(:now_text AS text)),
    updated_at = :now,
    due_at = LEAST(now() + make_interval(secs => CAST(:progress AS double precision)),
                   CAST(s.status_timestamps ->> 'running-at' AS timestamptz)
                       + make_interval(secs => CAST(:total AS double precision)))
FROM task_stage s
WHERE r.id = :id
  AND s.id = r.task_stage_id
  AND r.attempts = :attempt
  AND r.status = 'pending'

-- name: task_result.again
UPDATE task_result
SET due_at = now() + make_interval(secs => CAST(:again AS double precision))
WHERE id = :id
  AND attempts = :attempt
  AND status = 'pending'

-- name: task_result.give_up
UPDATE task_result
SET status = 'errored',
    status_timestamps = status_timestamps || jsonb_build_object('errored-at', CAST(:now_text AS text)),
    message = :message,
    updated_at = :now
WHERE id = :id
  AND attempts = :attempt
  AND status = 'pending'

-- name: task_result.answer
-- What the task itself says. One that goes on has :progress seconds more, within :total of its stage.
UPDATE task_result r
SET status = :status,
    status_timestamps = r.status_timestamps || CASE
        WHEN jsonb_exists(r.status_timestamps, CAST(:timestamp_key AS text)) THEN '{}'
        ELSE jsonb_build_object(CAST(:timestamp_key AS text), CAST(:now_text AS text)) END,
    message = COALESCE(CAST(:message AS text), r.message),
    url = COALESCE(CAST(:url AS text), r.url),
    updated_at = :now,
    due_at = LEAST(now() + make_interval(secs => CAST(:progress AS double precision)),
                   CAST(s.status_timestamps ->> 'running-at' AS timestamptz)
                       + make_interval(secs => CAST(:total AS double precision)))
FROM task_stage s
WHERE r.id = :id
  AND s.id = r.task_stage_id

-- name: task_result.overdue
SELECT id
FROM task_result
WHERE status = 'running'
  AND due_at <= now()
ORDER BY due_at
LIMIT :limit

-- name: task_result.time_out
UPDATE task_result
SET status = 'errored',
    status_timestamps = status_timestamps || jsonb_build_object('errored-at', CAST(:now_text AS text)),
    message = :message,
    updated_at = :now
WHERE id = :id
  AND status = 'running'
  AND due_at <= now()

-- name: task_result.delete_outcomes
DELETE FROM task_result_outcome
WHERE task_result_id = :id

-- name: task_result.insert_outcome
INSERT INTO task_result_outcome (id, task_result_id, position, outcome_id, description, body, url, tags, created_at)
VALUES (:id, :result_id, :position, :outcome_id, :description, :body, :url, CAST(:tags AS jsonb), :now)

-- name: task_result.outcomes
SELECT id, task_result_id, outcome_id, description, url, tags, created_at, body <> '' AS has_body
FROM task_result_outcome
WHERE task_result_id = :id
ORDER BY position

-- name: task_result.outcome
SELECT id, task_result_id, outcome_id, description, url, tags, created_at, body <> '' AS has_body
FROM task_result_outcome
WHERE id = :id

-- name: task_result.outcome_body
SELECT body
FROM task_result_outcome
WHERE id = :id
