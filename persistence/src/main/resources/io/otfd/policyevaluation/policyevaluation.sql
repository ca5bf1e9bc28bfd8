-- name: policy_evaluation.insert
-- Where the run's workspace has policy sets.
INSERT INTO policy_evaluation (id, task_stage_id, status, created_at, updated_at)
SELECT :id, :task_stage_id, 'pending', CAST(:now AS timestamptz), CAST(:now AS timestamptz)
WHERE EXISTS (SELECT 1 FROM applicable_policy_set a WHERE a.workspace_id = :workspace_id)

-- name: policy_evaluation.queue
UPDATE policy_evaluation
SET status = 'queued',
    status_timestamps = status_timestamps || jsonb_build_object('queued-at', CAST(:now_text AS text)),
    due_at = now(),
    updated_at = :now
WHERE task_stage_id = :task_stage_id
  AND status = 'pending'

-- name: policy_evaluation.claim
-- One that waits, or whose server has been silent for too long. Whoever claims has :lease seconds, and may have more. Servers that
-- can evaluate nothing leave :patience seconds to those that can.
WITH due AS (
    SELECT e.id
    FROM policy_evaluation e
    WHERE e.due_at <= now() - make_interval(secs => CAST(:patience AS double precision))
    ORDER BY e.due_at
    LIMIT 1
    FOR UPDATE SKIP LOCKED)
UPDATE policy_evaluation e
SET status = 'running',
    status_timestamps = jsonb_build_object('running-at', CAST(:now_text AS text)) || e.status_timestamps,
    attempts = e.attempts + 1,
    due_at = now() + make_interval(secs => CAST(:lease AS double precision)),
    updated_at = now()
FROM due, task_stage s
WHERE e.id = due.id
  AND s.id = e.task_stage_id
RETURNING e.id, e.attempts, s.run_id

-- name: policy_evaluation.renew
UPDATE policy_evaluation
SET due_at = now() + make_interval(secs => CAST(:lease AS double precision))
WHERE id = :id
  AND attempts = :attempt
  AND status = 'running'

-- name: policy_evaluation.run_input
-- What policies see of a run, without its variables (cloud-docs/policy-enforcement/define-policies/opa).
SELECT jsonb_build_object(
    'id', r.id,
    'created_at', to_char(r.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'created_by', u.username,
    'message', r.message,
    'commit_sha', NULL,
    'is_destroy', r.is_destroy,
    'refresh', r.refresh,
    'refresh_only', r.refresh_only,
    'replace_addrs', r.replace_addrs,
    'speculative', r.plan_only,
    'target_addrs', r.target_addrs,
    'project', jsonb_build_object('id', p.id, 'name', p.name),
    'organization', jsonb_build_object('name', o.name),
    'workspace', jsonb_build_object(
        'id', w.id,
        'name', w.name,
        'created_at', to_char(w.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'description', w.description,
        'execution_mode', r.execution_mode,
        'auto_apply', w.auto_apply,
        'tags', ARRAY(SELECT t.name FROM workspace_tag wt JOIN tag t ON t.id = wt.tag_id
                      WHERE wt.workspace_id = w.id ORDER BY wt.position),
        'working_directory', w.working_directory,
        'vcs_repo', NULL)) AS run
FROM run r
JOIN workspace w ON w.id = r.workspace_id
JOIN project p ON p.id = w.project_id
JOIN organization o ON o.id = w.organization_id
LEFT JOIN users u ON u.id = r.created_by
WHERE r.id = :run_id

-- name: policy_evaluation.sets
SELECT s.id, s.name, s.description, s.overridable
FROM applicable_policy_set a
JOIN policy_set s ON s.id = a.policy_set_id
WHERE a.workspace_id = :workspace_id
ORDER BY s.name

-- name: policy_evaluation.policies
SELECT p.name, p.description, p.query, p.enforcement_level, p.source
FROM policy_set_policy m
JOIN policy p ON p.id = m.policy_id
WHERE m.policy_set_id = :policy_set_id
ORDER BY p.name

-- name: policy_evaluation.finish
-- What was given up or taken over meanwhile has no say.
UPDATE policy_evaluation
SET status = :status,
    status_timestamps = status_timestamps || jsonb_build_object(CAST(:timestamp_key AS text), CAST(:now_text AS text)),
    policy_tool_version = :version,
    overridable = :overridable,
    due_at = NULL,
    updated_at = :now
WHERE id = :id
  AND attempts = :attempt
  AND status = 'running'

-- name: policy_evaluation.override
UPDATE policy_evaluation
SET status = 'overridden',
    status_timestamps = status_timestamps || jsonb_build_object('overridden-at', CAST(:now_text AS text)),
    updated_at = :now
WHERE task_stage_id = :task_stage_id
  AND status = 'failed'

-- name: policy_evaluation.abandon
-- Of a stage that is over: one that was not reached is unreachable.
UPDATE policy_evaluation
SET status = CASE status WHEN 'pending' THEN 'unreachable' ELSE 'canceled' END,
    status_timestamps = CASE status
        WHEN 'pending' THEN status_timestamps
        ELSE status_timestamps || jsonb_build_object('canceled-at', CAST(:now_text AS text)) END,
    due_at = NULL,
    updated_at = :now
WHERE task_stage_id = :task_stage_id
  AND status IN ('pending', 'queued', 'running')

-- name: policy_evaluation.of_stage
SELECT e.*
FROM policy_evaluation e
WHERE e.task_stage_id = :task_stage_id

-- name: policy_evaluation.by_id
SELECT e.*
FROM policy_evaluation e
WHERE e.id = :id

-- name: policy_evaluation.insert_outcome
INSERT INTO policy_set_outcome (id, policy_evaluation_id, position, policy_set_name, policy_set_description, overridable, error, outcomes)
VALUES (:id, :policy_evaluation_id, :position, :name, :description, :overridable, :error, CAST(:outcomes AS jsonb))

-- name: policy_evaluation.outcomes
SELECT t.*
FROM policy_set_outcome t
WHERE t.policy_evaluation_id = ANY(CAST(:ids AS text[]))
ORDER BY t.policy_evaluation_id, t.position

-- name: policy_evaluation.outcome
SELECT t.*
FROM policy_set_outcome t
WHERE t.id = :id
