-- name: task_stage.due
-- Stages at which something is checked in runs of the workspace.
SELECT DISTINCT stage
FROM workspace_check
WHERE workspace_id = :workspace_id

-- name: task_stage.insert
INSERT INTO task_stage (id, run_id, stage, status, created_at, updated_at)
VALUES (:id, :run_id, :stage, 'pending', CAST(:now AS timestamptz), CAST(:now AS timestamptz))

-- name: task_stage.enter
UPDATE task_stage
SET status = :status,
    status_timestamps = status_timestamps || jsonb_build_object(CAST(:timestamp_key AS text), CAST(:now_text AS text)),
    updated_at = :now
WHERE id = :id

-- name: task_stage.abandon
-- Of a run that has ended: one that was not reached is unreachable.
UPDATE task_stage
SET status = CASE status WHEN 'pending' THEN 'unreachable' ELSE 'canceled' END,
    status_timestamps = CASE status
        WHEN 'pending' THEN status_timestamps
        ELSE status_timestamps || jsonb_build_object('canceled-at', CAST(:now_text AS text)) END,
    updated_at = :now
WHERE id = :id
  AND status IN ('pending', 'running', 'awaiting_override')

-- name: task_stage.by_id
SELECT s.*, ARRAY(SELECT r.id FROM task_result r WHERE r.task_stage_id = s.id ORDER BY r.position) AS result_ids,
       ARRAY(SELECT e.id FROM policy_evaluation e WHERE e.task_stage_id = s.id) AS evaluation_ids
FROM task_stage s
WHERE s.id = :id

-- name: task_stage.list
-- In the order in which a run comes to them.
SELECT s.*, ARRAY(SELECT r.id FROM task_result r WHERE r.task_stage_id = s.id ORDER BY r.position) AS result_ids,
       ARRAY(SELECT e.id FROM policy_evaluation e WHERE e.task_stage_id = s.id) AS evaluation_ids
FROM task_stage s
WHERE s.run_id = :run_id
ORDER BY array_position(ARRAY['pre_plan', 'post_plan', 'pre_apply', 'post_apply'], s.stage)

-- name: task_stage.run
SELECT run_id
FROM task_stage
WHERE id = :id
