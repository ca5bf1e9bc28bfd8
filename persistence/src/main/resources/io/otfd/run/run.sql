-- name: run.by_id
SELECT r.*
FROM run_detail r
WHERE r.id = :id

-- name: run.by_ids
SELECT r.*
FROM run_detail r
WHERE r.id = ANY(CAST(:ids AS text[]))

-- name: run.by_phase
SELECT r.*
FROM run_detail r
WHERE r.id = (SELECT f.run_id FROM phase f WHERE f.id = :phase_id)

-- name: run.workspace
SELECT workspace_id
FROM run
WHERE id = :id

-- name: run.lock_row
SELECT id
FROM run
WHERE id = :id
FOR UPDATE

-- name: run.frozen_variables
SELECT frozen_variables
FROM run
WHERE id = :id

-- name: run.find
-- The ids of one page of those that match, newest first, and how many match: one row, which an empty page has too. They are looked
-- for no further than :reach, or to the end. Nothing has a commit yet, so a search for one finds nothing.
WITH matching AS (
    SELECT r.id, r.sequence
    FROM run r
    WHERE r.query = CAST(:query AS boolean)
      AND (CAST(:workspace_id AS text) IS NULL OR r.workspace_id = CAST(:workspace_id AS text))
      AND (CAST(:organization_id AS text) IS NULL OR EXISTS (
          SELECT 1
          FROM workspace w
          WHERE w.id = r.workspace_id
            AND w.organization_id = CAST(:organization_id AS text)
            AND (CAST(:workspace_names AS text[]) = '{}' OR w.name = ANY(CAST(:workspace_names AS text[])))
            AND (CAST(:every AS boolean) OR EXISTS (
                SELECT 1
                FROM team_workspace a
                LEFT JOIN team_member m ON m.team_id = a.team_id
                WHERE a.workspace_id = w.id
                  AND (m.user_id = CAST(:user_id AS text) OR a.team_id = CAST(:team_id AS text))))))
      AND (CAST(:statuses AS text[]) = '{}' OR r.status = ANY(CAST(:statuses AS text[])))
      AND (CAST(:sources AS text[]) = '{}' OR r.source = ANY(CAST(:sources AS text[])))
      AND (CAST(:operations AS text[]) = '{}' OR CASE
          WHEN r.plan_only THEN 'plan_only'
          WHEN r.save_plan THEN 'save_plan'
          WHEN r.refresh_only THEN 'refresh_only'
          WHEN r.is_destroy THEN 'destroy'
          WHEN r.allow_empty_apply THEN 'empty_apply'
          ELSE 'plan_and_apply' END = ANY(CAST(:operations AS text[])))
      AND (CAST(:pools AS text[]) = '{}' OR EXISTS (
          SELECT 1 FROM agent_pool a WHERE a.id = r.agent_pool_id AND a.name = ANY(CAST(:pools AS text[]))))
      AND (CAST(:since AS timestamptz) IS NULL OR r.created_at >= CAST(:since AS timestamptz))
      AND (CAST(:author AS text) IS NULL OR EXISTS (
          SELECT 1 FROM users u WHERE u.id = r.created_by AND u.username = CAST(:author AS text)))
      AND (CAST(:commit AS text) IS NULL OR false)
      AND (CAST(:words AS text) IS NULL OR r.id = CAST(:words AS text) OR strpos(lower(r.message), lower(CAST(:words AS text))) > 0
           OR EXISTS (SELECT 1 FROM users u WHERE u.id = r.created_by AND u.username = CAST(:words AS text)))
    ORDER BY r.sequence DESC
    LIMIT CAST(:reach AS bigint)
)
SELECT (SELECT count(*) FROM matching) AS total,
       ARRAY(SELECT m.id FROM matching m ORDER BY m.sequence DESC LIMIT :limit OFFSET :offset) AS ids

-- name: run.list_queue
SELECT r.*
FROM run_detail r
JOIN workspace w ON w.id = r.workspace_id
WHERE w.organization_id = :organization_id
  AND NOT r.query
  AND r.status IN ('pending', 'plan_queued', 'confirmed', 'apply_queued')
ORDER BY r.sequence
LIMIT :limit OFFSET :offset

-- name: run.count_queue
SELECT count(*) AS count
FROM run r
JOIN workspace w ON w.id = r.workspace_id
WHERE w.organization_id = :organization_id
  AND NOT r.query
  AND r.status IN ('pending', 'plan_queued', 'confirmed', 'apply_queued')

-- name: run.next_in_queue
-- A saved plan that was confirmed goes before runs that have not been planned yet.
SELECT id, status
FROM run
WHERE workspace_id = :workspace_id
  AND (status = 'confirmed' OR status = 'pending' AND NOT plan_only AND NOT save_plan)
ORDER BY status = 'pending', sequence
LIMIT 1

-- name: run.before
-- What has the workspace or is next to get it: a confirmed saved plan goes first, whenever it was made.
SELECT r.id
FROM run r
JOIN run me ON me.id = :id
WHERE r.workspace_id = :workspace_id
  AND (r.status IN ('pre_plan_running', 'plan_queued', 'planning', 'planned', 'post_plan_running', 'post_plan_awaiting_decision',
                    'post_plan_completed', 'pre_apply_running', 'apply_queued', 'applying', 'post_apply_running', 'pending')
           AND r.sequence < me.sequence
       OR r.status = 'confirmed')
  AND NOT r.plan_only
  AND (NOT r.save_plan
       OR r.status IN ('confirmed', 'pre_apply_running', 'apply_queued', 'applying', 'post_apply_running'))
ORDER BY r.status IN ('pending', 'confirmed') DESC, r.sequence DESC

-- name: run.insert
INSERT INTO run (id, workspace_id, configuration_version_id, status, message, source, created_by, created_at,
                 status_timestamps, execution_mode, agent_pool_id, query, plan_only, auto_apply, is_destroy, refresh, refresh_only,
                 save_plan, allow_empty_apply, allow_config_generation, structured_output, engine, terraform_version,
                 working_directory, target_addrs, replace_addrs, policy_paths, invoke_action_addrs, trigger_reason,
                 variables, frozen_variables)
VALUES (:id, :workspace_id, :configuration_version_id, :status, :message, :source, :created_by, :now,
        CAST(:status_timestamps AS jsonb), :execution_mode, :agent_pool_id, :query, :plan_only, :auto_apply, :is_destroy,
        :refresh, :refresh_only, :save_plan, :allow_empty_apply, :allow_config_generation, :structured_output,
        :engine, :terraform_version, :working_directory, CAST(:target_addrs AS text[]), CAST(:replace_addrs AS text[]),
        CAST(:policy_paths AS text[]), CAST(:invoke_action_addrs AS text[]), :trigger_reason, CAST(:variables AS jsonb), :frozen_variables)
RETURNING EXISTS (SELECT 1 FROM workspace_check c WHERE c.workspace_id = run.workspace_id) AS checked

-- name: run.insert_phase
INSERT INTO phase (id, run_id, kind, status)
VALUES (:id, :run_id, :kind, :status)

-- name: run.update_status
UPDATE run
SET status = :status,
    status_timestamps = status_timestamps || jsonb_build_object(CAST(:timestamp_key AS text), CAST(:now_text AS text))
WHERE id = :id

-- name: run.update_phase_status
UPDATE phase
SET status = :status,
    status_timestamps = status_timestamps || jsonb_build_object(CAST(:timestamp_key AS text), CAST(:now_text AS text))
WHERE id = :id

-- name: run.phase_agent
UPDATE phase
SET agent_id = :agent_id,
    agent_name = :agent_name
WHERE id = :id

-- name: run.phase_result
UPDATE phase
SET has_changes = :has_changes,
    generated_configuration = :generated_configuration,
    resource_additions = :additions,
    resource_changes = :changes,
    resource_destructions = :destructions,
    resource_imports = :imports
WHERE id = :id

-- name: run.has_changes
UPDATE run
SET has_changes = :has_changes,
    structured_output = structured_output AND :structured_output
WHERE id = :id

-- name: run.confirmed_by
UPDATE run
SET confirmed_by = :user_id
WHERE id = :id

-- name: run.task_stages
UPDATE run
SET task_stages = CAST(:task_stages AS jsonb)
WHERE id = :id

-- name: run.request_cancel
UPDATE run
SET cancel_requested_at = :now
WHERE id = :id

-- name: run.insert_event
INSERT INTO run_event (id, run_id, action, actor_id, comment_id, created_at)
VALUES (:id, :run_id, :action, :actor_id, :comment_id, :now)

-- name: run.events
SELECT id, run_id, action, actor_id, comment_id, created_at
FROM run_event
WHERE run_id = :run_id
ORDER BY sequence

-- name: run.waiting
-- What stands between runs that wait and the agents that would take them.
SELECT r.id, r.status, CASE WHEN j.query THEN 'query' ELSE j.kind END AS kind, j.engine, j.dialect, q.name AS pool_name, u.username AS lock_username, t.name AS lock_team_name,
       NULLIF(w.lock_run_id, r.id) AS lock_run_id, w.lock_reason,
       (SELECT count(*) FROM job b
        WHERE b.queue = j.queue AND b.status = 'queued' AND (b.priority, b.id) < (j.priority, j.id)) AS ahead,
       COALESCE(a.present, 0) AS present,
       COALESCE(a.unknown, 0) AS unknown,
       COALESCE(a.accepting, 0) AS accepting,
       COALESCE(a.free, 0) AS free,
       COALESCE(a.slots, 0) AS slots,
       COALESCE(a.held, 0) AS held
FROM run r
JOIN workspace w ON w.id = r.workspace_id
LEFT JOIN users u ON u.id = w.lock_user_id
LEFT JOIN team t ON t.id = w.lock_team_id
LEFT JOIN agent_pool q ON q.id = r.agent_pool_id
LEFT JOIN job j ON j.run_id = r.id AND j.status = 'queued'
LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE NOT s.silent) AS present,
           count(*) FILTER (WHERE s.silent) AS unknown,
           count(*) FILTER (WHERE s.accepts) AS accepting,
           count(*) FILTER (WHERE s.accepts AND s.held < s.concurrency) AS free,
           sum(s.concurrency) FILTER (WHERE s.accepts) AS slots,
           sum(s.held) FILTER (WHERE s.accepts) AS held
    FROM (
        SELECT g.concurrency, g.status = 'unknown' AS silent,
               g.status <> 'unknown' AND NOT g.draining AND j.kind = ANY(g.accept)
                   AND (NOT j.query OR g.extended AND 'query' = ANY(g.accept))
                   AND j.engine = ANY(g.engines)
                   AND (j.dialect IS NULL OR j.dialect = g.dialect) AS accepts,
               (SELECT count(*) FROM job h WHERE h.agent_id = g.id AND h.status = 'claimed') AS held
        FROM agent g
        WHERE (g.agent_pool_id = r.agent_pool_id OR r.agent_pool_id IS NULL AND g.agent_pool_id IS NULL)
          AND g.status IN ('idle', 'busy', 'unknown')) s) a ON j.id IS NOT NULL
WHERE r.id = ANY(CAST(:ids AS text[]))
  AND r.status IN ('pending', 'plan_queued', 'confirmed', 'apply_queued')

-- name: run.list_waiting
-- Whatever has waited for an agent for so long.
SELECT run_id AS id
FROM job
WHERE status = 'queued'
  AND created_at < now() - make_interval(secs => CAST(:seconds AS double precision))
ORDER BY id
LIMIT :limit

-- name: run.event
SELECT id, run_id, action, actor_id, comment_id, created_at
FROM run_event
WHERE id = :id
