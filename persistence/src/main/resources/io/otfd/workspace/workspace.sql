-- name: workspace.by_id
SELECT w.*, o.name AS organization_name, o.default_execution_mode, o.default_agent_pool_id, u.username AS lock_username,
       l.name AS lock_team_name,
       ARRAY(SELECT CAST(json_build_object('id', t.id, 'key', t.key, 'value', t.value, 'createdAt',
                    to_char(t.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS text)
             FROM workspace_tag t WHERE t.workspace_id = w.id ORDER BY t.position) AS tags,
       ARRAY(SELECT v.id FROM variable v WHERE v.workspace_id = w.id ORDER BY v.created_at, v.id) AS variable_ids,
       ARRAY(SELECT s.id FROM state_version_output s
             WHERE s.state_version_id = w.current_state_version_id ORDER BY s.position) AS output_ids
FROM workspace w
JOIN organization o ON o.id = w.organization_id
LEFT JOIN users u ON u.id = w.lock_user_id
LEFT JOIN team l ON l.id = w.lock_team_id
WHERE w.id = :id

-- name: workspace.by_name
SELECT w.*, o.name AS organization_name, o.default_execution_mode, o.default_agent_pool_id, u.username AS lock_username,
       l.name AS lock_team_name,
       ARRAY(SELECT CAST(json_build_object('id', t.id, 'key', t.key, 'value', t.value, 'createdAt',
                    to_char(t.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS text)
             FROM workspace_tag t WHERE t.workspace_id = w.id ORDER BY t.position) AS tags,
       ARRAY(SELECT v.id FROM variable v WHERE v.workspace_id = w.id ORDER BY v.created_at, v.id) AS variable_ids,
       ARRAY(SELECT s.id FROM state_version_output s
             WHERE s.state_version_id = w.current_state_version_id ORDER BY s.position) AS output_ids
FROM workspace w
JOIN organization o ON o.id = w.organization_id
LEFT JOIN users u ON u.id = w.lock_user_id
LEFT JOIN team l ON l.id = w.lock_team_id
WHERE w.organization_id = :organization_id
  AND w.name = :name

-- name: workspace.lock_row
SELECT w.id
FROM workspace w
WHERE w.id = :id
FOR UPDATE

-- name: workspace.list
-- Follows the index on (organization_id, created_at, id): the first page costs the same for ten and for 100,000.
SELECT w.*, o.name AS organization_name, o.default_execution_mode, o.default_agent_pool_id, u.username AS lock_username,
       l.name AS lock_team_name,
       ARRAY(SELECT CAST(json_build_object('id', t.id, 'key', t.key, 'value', t.value, 'createdAt',
                    to_char(t.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS text)
             FROM workspace_tag t WHERE t.workspace_id = w.id ORDER BY t.position) AS tags,
       ARRAY(SELECT v.id FROM variable v WHERE v.workspace_id = w.id ORDER BY v.created_at, v.id) AS variable_ids,
       ARRAY(SELECT s.id FROM state_version_output s
             WHERE s.state_version_id = w.current_state_version_id ORDER BY s.position) AS output_ids
FROM workspace w
JOIN organization o ON o.id = w.organization_id
LEFT JOIN users u ON u.id = w.lock_user_id
LEFT JOIN team l ON l.id = w.lock_team_id
WHERE w.organization_id = :organization_id
  AND (:every OR EXISTS (
        SELECT 1 FROM team_workspace a
        LEFT JOIN team_member m ON m.team_id = a.team_id AND m.user_id = CAST(:user_id AS text)
        WHERE a.workspace_id = w.id AND (m.user_id IS NOT NULL OR a.team_id = CAST(:team_id AS text))))
  AND (CAST(:name AS text) IS NULL OR w.name ILIKE CAST(:name AS text))
  AND (CAST(:wildcard_name AS text) IS NULL OR w.name ILIKE CAST(:wildcard_name AS text))
  AND (CAST(:project_id AS text) IS NULL OR w.project_id = CAST(:project_id AS text))
  AND (CAST(:tags AS text[]) = '{}' OR CAST(:tags AS text[]) <@ ARRAY(
        SELECT t.key FROM workspace_tag t WHERE t.workspace_id = w.id))
  AND (CAST(:excluded_tags AS text[]) = '{}' OR NOT EXISTS (
        SELECT 1 FROM workspace_tag t WHERE t.workspace_id = w.id AND t.key = ANY(CAST(:excluded_tags AS text[]))))
  AND (CAST(:tagged AS text[]) = '{}' OR CAST(:tagged AS text[]) <@ ARRAY(
        SELECT t.key || chr(10) || t.value FROM workspace_tag t WHERE t.workspace_id = w.id
        UNION ALL
        SELECT t.key || chr(10) FROM workspace_tag t WHERE t.workspace_id = w.id))
  AND (CAST(:run_statuses AS text[]) = '{}' OR EXISTS (
        SELECT 1 FROM run r WHERE r.id = w.current_run_id AND r.status = ANY(CAST(:run_statuses AS text[]))))
  AND :sort = 'created_at'
ORDER BY w.created_at, w.id
LIMIT :limit OFFSET :offset

-- name: workspace.list_reverse
-- The same index from its end.
SELECT w.*, o.name AS organization_name, o.default_execution_mode, o.default_agent_pool_id, u.username AS lock_username,
       l.name AS lock_team_name,
       ARRAY(SELECT CAST(json_build_object('id', t.id, 'key', t.key, 'value', t.value, 'createdAt',
                    to_char(t.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS text)
             FROM workspace_tag t WHERE t.workspace_id = w.id ORDER BY t.position) AS tags,
       ARRAY(SELECT v.id FROM variable v WHERE v.workspace_id = w.id ORDER BY v.created_at, v.id) AS variable_ids,
       ARRAY(SELECT s.id FROM state_version_output s
             WHERE s.state_version_id = w.current_state_version_id ORDER BY s.position) AS output_ids
FROM workspace w
JOIN organization o ON o.id = w.organization_id
LEFT JOIN users u ON u.id = w.lock_user_id
LEFT JOIN team l ON l.id = w.lock_team_id
WHERE w.organization_id = :organization_id
  AND (:every OR EXISTS (
        SELECT 1 FROM team_workspace a
        LEFT JOIN team_member m ON m.team_id = a.team_id AND m.user_id = CAST(:user_id AS text)
        WHERE a.workspace_id = w.id AND (m.user_id IS NOT NULL OR a.team_id = CAST(:team_id AS text))))
  AND (CAST(:name AS text) IS NULL OR w.name ILIKE CAST(:name AS text))
  AND (CAST(:wildcard_name AS text) IS NULL OR w.name ILIKE CAST(:wildcard_name AS text))
  AND (CAST(:project_id AS text) IS NULL OR w.project_id = CAST(:project_id AS text))
  AND (CAST(:tags AS text[]) = '{}' OR CAST(:tags AS text[]) <@ ARRAY(
        SELECT t.key FROM workspace_tag t WHERE t.workspace_id = w.id))
  AND (CAST(:excluded_tags AS text[]) = '{}' OR NOT EXISTS (
        SELECT 1 FROM workspace_tag t WHERE t.workspace_id = w.id AND t.key = ANY(CAST(:excluded_tags AS text[]))))
  AND (CAST(:tagged AS text[]) = '{}' OR CAST(:tagged AS text[]) <@ ARRAY(
        SELECT t.key || chr(10) || t.value FROM workspace_tag t WHERE t.workspace_id = w.id
        UNION ALL
        SELECT t.key || chr(10) FROM workspace_tag t WHERE t.workspace_id = w.id))
  AND (CAST(:run_statuses AS text[]) = '{}' OR EXISTS (
        SELECT 1 FROM run r WHERE r.id = w.current_run_id AND r.status = ANY(CAST(:run_statuses AS text[]))))
  AND :sort = 'created_at'
ORDER BY w.created_at DESC, w.id DESC
LIMIT :limit OFFSET :offset

-- name: workspace.list_sorted
SELECT w.*, o.name AS organization_name, o.default_execution_mode, o.default_agent_pool_id, u.username AS lock_username,
       l.name AS lock_team_name,
       ARRAY(SELECT CAST(json_build_object('id', t.id, 'key', t.key, 'value', t.value, 'createdAt',
                    to_char(t.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS text)
             FROM workspace_tag t WHERE t.workspace_id = w.id ORDER BY t.position) AS tags,
       ARRAY(SELECT v.id FROM variable v WHERE v.workspace_id = w.id ORDER BY v.created_at, v.id) AS variable_ids,
       ARRAY(SELECT s.id FROM state_version_output s
             WHERE s.state_version_id = w.current_state_version_id ORDER BY s.position) AS output_ids
FROM workspace w
JOIN organization o ON o.id = w.organization_id
LEFT JOIN users u ON u.id = w.lock_user_id
LEFT JOIN team l ON l.id = w.lock_team_id
LEFT JOIN run cr ON cr.id = w.current_run_id
WHERE w.organization_id = :organization_id
  AND (:every OR EXISTS (
        SELECT 1 FROM team_workspace a
        LEFT JOIN team_member m ON m.team_id = a.team_id AND m.user_id = CAST(:user_id AS text)
        WHERE a.workspace_id = w.id AND (m.user_id IS NOT NULL OR a.team_id = CAST(:team_id AS text))))
  AND (CAST(:name AS text) IS NULL OR w.name ILIKE CAST(:name AS text))
  AND (CAST(:wildcard_name AS text) IS NULL OR w.name ILIKE CAST(:wildcard_name AS text))
  AND (CAST(:project_id AS text) IS NULL OR w.project_id = CAST(:project_id AS text))
  AND (CAST(:tags AS text[]) = '{}' OR CAST(:tags AS text[]) <@ ARRAY(
        SELECT t.key FROM workspace_tag t WHERE t.workspace_id = w.id))
  AND (CAST(:excluded_tags AS text[]) = '{}' OR NOT EXISTS (
        SELECT 1 FROM workspace_tag t WHERE t.workspace_id = w.id AND t.key = ANY(CAST(:excluded_tags AS text[]))))
  AND (CAST(:tagged AS text[]) = '{}' OR CAST(:tagged AS text[]) <@ ARRAY(
        SELECT t.key || chr(10) || t.value FROM workspace_tag t WHERE t.workspace_id = w.id
        UNION ALL
        SELECT t.key || chr(10) FROM workspace_tag t WHERE t.workspace_id = w.id))
  AND (CAST(:run_statuses AS text[]) = '{}' OR EXISTS (
        SELECT 1 FROM run r WHERE r.id = w.current_run_id AND r.status = ANY(CAST(:run_statuses AS text[]))))
ORDER BY CASE WHEN :sort = 'name' THEN w.name END,
         CASE WHEN :sort = 'name_descending' THEN w.name END DESC,
         CASE WHEN :sort = 'current_run' THEN cr.created_at END NULLS LAST,
         CASE WHEN :sort = 'current_run_descending' THEN cr.created_at END DESC NULLS LAST,
         CASE WHEN :sort = 'latest_change' THEN w.latest_change_at END,
         CASE WHEN :sort = 'latest_change_descending' THEN w.latest_change_at END DESC,
         w.created_at, w.id
LIMIT :limit OFFSET :offset

-- name: workspace.count
SELECT count(*) AS count
FROM workspace w
WHERE w.organization_id = :organization_id
  AND (:every OR EXISTS (
        SELECT 1 FROM team_workspace a
        LEFT JOIN team_member m ON m.team_id = a.team_id AND m.user_id = CAST(:user_id AS text)
        WHERE a.workspace_id = w.id AND (m.user_id IS NOT NULL OR a.team_id = CAST(:team_id AS text))))
  AND (CAST(:name AS text) IS NULL OR w.name ILIKE CAST(:name AS text))
  AND (CAST(:wildcard_name AS text) IS NULL OR w.name ILIKE CAST(:wildcard_name AS text))
  AND (CAST(:project_id AS text) IS NULL OR w.project_id = CAST(:project_id AS text))
  AND (CAST(:tags AS text[]) = '{}' OR CAST(:tags AS text[]) <@ ARRAY(
        SELECT t.key FROM workspace_tag t WHERE t.workspace_id = w.id))
  AND (CAST(:excluded_tags AS text[]) = '{}' OR NOT EXISTS (
        SELECT 1 FROM workspace_tag t WHERE t.workspace_id = w.id AND t.key = ANY(CAST(:excluded_tags AS text[]))))
  AND (CAST(:tagged AS text[]) = '{}' OR CAST(:tagged AS text[]) <@ ARRAY(
        SELECT t.key || chr(10) || t.value FROM workspace_tag t WHERE t.workspace_id = w.id
        UNION ALL
        SELECT t.key || chr(10) FROM workspace_tag t WHERE t.workspace_id = w.id))
  AND (CAST(:run_statuses AS text[]) = '{}' OR EXISTS (
        SELECT 1 FROM run r WHERE r.id = w.current_run_id AND r.status = ANY(CAST(:run_statuses AS text[]))))

-- name: workspace.insert
INSERT INTO workspace (id, organization_id, project_id, name, description, execution_mode, agent_pool_id, allow_destroy_plan,
                       assessments_enabled, auto_apply, auto_apply_run_trigger, auto_destroy_at, auto_destroy_activity_duration,
                       file_triggers_enabled, global_remote_state, project_remote_state, queue_all_runs, source, source_name,
                       source_url, speculative_enabled, structured_run_output_enabled, terraform_version, trigger_patterns,
                       trigger_prefixes, working_directory, created_at, updated_at, latest_change_at)
VALUES (:id, :organization_id, :project_id, :name, :description, :execution_mode, :agent_pool_id, :allow_destroy_plan,
        :assessments_enabled, :auto_apply, :auto_apply_run_trigger, CAST(:auto_destroy_at AS timestamptz),
        :auto_destroy_activity_duration, :file_triggers_enabled, :global_remote_state, :project_remote_state,
        :queue_all_runs, :source, :source_name, :source_url, :speculative_enabled, :structured_run_output_enabled,
        :terraform_version, CAST(:trigger_patterns AS text[]), CAST(:trigger_prefixes AS text[]), :working_directory,
        :now, :now, :now)

-- name: workspace.update
UPDATE workspace
SET project_id = :project_id,
    name = :name,
    description = :description,
    execution_mode = :execution_mode,
    agent_pool_id = :agent_pool_id,
    allow_destroy_plan = :allow_destroy_plan,
    assessments_enabled = :assessments_enabled,
    auto_apply = :auto_apply,
    auto_apply_run_trigger = :auto_apply_run_trigger,
    auto_destroy_at = CAST(:auto_destroy_at AS timestamptz),
    auto_destroy_activity_duration = :auto_destroy_activity_duration,
    file_triggers_enabled = :file_triggers_enabled,
    global_remote_state = :global_remote_state,
    project_remote_state = :project_remote_state,
    queue_all_runs = :queue_all_runs,
    source = :source,
    source_name = :source_name,
    source_url = :source_url,
    speculative_enabled = :speculative_enabled,
    structured_run_output_enabled = :structured_run_output_enabled,
    terraform_version = :terraform_version,
    trigger_patterns = CAST(:trigger_patterns AS text[]),
    trigger_prefixes = CAST(:trigger_prefixes AS text[]),
    working_directory = :working_directory,
    updated_at = :now
WHERE id = :id
  AND organization_id = :organization_id

-- name: workspace.delete
DELETE FROM workspace
WHERE id = :id

-- name: workspace.lock
UPDATE workspace
SET lock_user_id = :user_id,
    lock_team_id = :team_id,
    lock_run_id = :run_id,
    lock_reason = :reason
WHERE id = :id

-- name: workspace.unlock
UPDATE workspace
SET lock_user_id = NULL,
    lock_team_id = NULL,
    lock_run_id = NULL,
    lock_reason = NULL
WHERE id = :id

-- name: workspace.locked_by_team
SELECT id
FROM workspace
WHERE lock_team_id = :team_id
ORDER BY id
FOR UPDATE

-- name: workspace.give_to_run
UPDATE workspace
SET lock_run_id = :run_id,
    current_run_id = :run_id,
    lock_reason = NULL
WHERE id = :id

-- name: workspace.take_back_from_run
UPDATE workspace
SET lock_run_id = NULL,
    lock_reason = NULL
WHERE id = :id
  AND lock_run_id = :run_id

-- name: workspace.insert_tag
INSERT INTO workspace_tag (workspace_id, key, value, id, created_at)
VALUES (:workspace_id, :key, :value, :id, :now)
ON CONFLICT (workspace_id, key) DO UPDATE SET value = EXCLUDED.value

-- name: workspace.delete_tag
DELETE FROM workspace_tag
WHERE workspace_id = :workspace_id
  AND key = :key

-- name: workspace.tag_count
SELECT count(*) AS count
FROM workspace_tag t
JOIN workspace w ON w.id = t.workspace_id
WHERE w.organization_id = :organization_id
  AND t.key = :key
