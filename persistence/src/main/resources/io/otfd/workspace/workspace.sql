-- name: workspace.by_id
SELECT w.*
FROM workspace_detail w
WHERE w.id = :id

-- name: workspace.by_ids
SELECT w.*
FROM workspace_detail w
WHERE w.id = ANY(CAST(:ids AS text[]))

-- name: workspace.by_name
SELECT w.*
FROM workspace_detail w
WHERE w.organization_id = :organization_id
  AND w.name = :name

-- name: workspace.lock_row
SELECT w.id
FROM workspace w
WHERE w.id = :id
FOR UPDATE

-- name: workspace.page
-- Ids alone, along the index on (organization_id, created_at, id): what is skipped costs next to nothing. The rows are fetched by
-- id, because of a page within a larger statement PostgreSQL expects a tenth of the table, and plans for that.
SELECT id
FROM workspace
WHERE organization_id = :organization_id
ORDER BY created_at, id
LIMIT :limit OFFSET :offset

-- name: workspace.page_reverse
-- The same index from its end.
SELECT id
FROM workspace
WHERE organization_id = :organization_id
ORDER BY created_at DESC, id DESC
LIMIT :limit OFFSET :offset

-- name: workspace.page_by_name
-- The same along the index of workspace_name_key.
SELECT id
FROM workspace
WHERE organization_id = :organization_id
ORDER BY name
LIMIT :limit OFFSET :offset

-- name: workspace.page_by_name_reverse
-- That one from its end.
SELECT id
FROM workspace
WHERE organization_id = :organization_id
ORDER BY name DESC
LIMIT :limit OFFSET :offset

-- name: workspace.count
SELECT coalesce(sum(workspaces), 0) AS count
FROM workspace_count
WHERE organization_id = :organization_id

-- name: workspace.find
-- The ids of one page of those that match, and how many match: one row, which an empty page has too.
WITH matching AS (
    SELECT w.id, w.name, w.created_at, w.latest_change_at, cr.created_at AS run_created_at
    FROM workspace w
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
          SELECT t.name FROM workspace_tag wt JOIN tag t ON t.id = wt.tag_id WHERE wt.workspace_id = w.id
          UNION ALL
          SELECT lower(e.key) FROM effective_tag_binding e WHERE e.workspace_id = w.id))
    AND (CAST(:excluded_tags AS text[]) = '{}' OR NOT EXISTS (
          SELECT 1 FROM workspace_tag wt JOIN tag t ON t.id = wt.tag_id
          WHERE wt.workspace_id = w.id AND t.name = ANY(CAST(:excluded_tags AS text[]))
          UNION ALL
          SELECT 1 FROM effective_tag_binding e
          WHERE e.workspace_id = w.id AND lower(e.key) = ANY(CAST(:excluded_tags AS text[]))))
    AND (CAST(:tagged AS text[]) = '{}' OR CAST(:tagged AS text[]) <@ ARRAY(
          SELECT unnest(ARRAY[e.key || chr(10) || e.value, e.key || chr(10)])
          FROM effective_tag_binding e WHERE e.workspace_id = w.id))
    AND (CAST(:run_statuses AS text[]) = '{}' OR cr.status = ANY(CAST(:run_statuses AS text[])))
)
SELECT (SELECT count(*) FROM matching) AS total,
       ARRAY(SELECT m.id
             FROM matching m
             ORDER BY CASE WHEN :sort = 'name' THEN m.name END,
                      CASE WHEN :sort = 'name_descending' THEN m.name END DESC,
                      CASE WHEN :sort = 'current_run' THEN m.run_created_at END NULLS LAST,
                      CASE WHEN :sort = 'current_run_descending' THEN m.run_created_at END DESC NULLS LAST,
                      CASE WHEN :sort = 'latest_change' THEN m.latest_change_at END,
                      CASE WHEN :sort = 'latest_change_descending' THEN m.latest_change_at END DESC,
                      m.created_at, m.id
             LIMIT :limit OFFSET :offset) AS ids

-- name: workspace.run_statuses
-- How many workspaces are at a run of each status.
SELECT cr.status, count(*) AS workspaces
FROM workspace w
JOIN run cr ON cr.id = w.current_run_id
WHERE w.organization_id = :organization_id
  AND (:every OR EXISTS (
        SELECT 1 FROM team_workspace a
        LEFT JOIN team_member m ON m.team_id = a.team_id AND m.user_id = CAST(:user_id AS text)
        WHERE a.workspace_id = w.id AND (m.user_id IS NOT NULL OR a.team_id = CAST(:team_id AS text))))
GROUP BY cr.status

-- name: workspace.insert
INSERT INTO workspace (id, organization_id, project_id, name, description, execution_mode, agent_pool_id, allow_destroy_plan,
                       assessments_enabled, auto_apply, auto_apply_run_trigger, auto_destroy_at, auto_destroy_activity_duration,
                       inherits_project_auto_destroy, file_triggers_enabled, global_remote_state, project_remote_state, queue_all_runs, source, source_name,
                       source_url, speculative_enabled, structured_run_output_enabled, engine, terraform_version, trigger_patterns,
                       trigger_prefixes, working_directory, created_at, updated_at, latest_change_at)
VALUES (:id, :organization_id, :project_id, :name, :description, :execution_mode, :agent_pool_id, :allow_destroy_plan,
        :assessments_enabled, :auto_apply, :auto_apply_run_trigger, CAST(:auto_destroy_at AS timestamptz),
        :auto_destroy_activity_duration, :inherits_project_auto_destroy, :file_triggers_enabled, :global_remote_state, :project_remote_state,
        :queue_all_runs, :source, :source_name, :source_url, :speculative_enabled, :structured_run_output_enabled,
        :engine, :terraform_version, CAST(:trigger_patterns AS text[]), CAST(:trigger_prefixes AS text[]), :working_directory,
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
    inherits_project_auto_destroy = :inherits_project_auto_destroy,
    file_triggers_enabled = :file_triggers_enabled,
    global_remote_state = :global_remote_state,
    project_remote_state = :project_remote_state,
    queue_all_runs = :queue_all_runs,
    source = :source,
    source_name = :source_name,
    source_url = :source_url,
    speculative_enabled = :speculative_enabled,
    structured_run_output_enabled = :structured_run_output_enabled,
    engine = :engine,
    terraform_version = :terraform_version,
    trigger_patterns = CAST(:trigger_patterns AS text[]),
    trigger_prefixes = CAST(:trigger_prefixes AS text[]),
    working_directory = :working_directory,
    updated_at = :now
WHERE id = :id
  AND organization_id = :organization_id

-- name: workspace.engine
SELECT engine, terraform_version
FROM workspace
WHERE id = :id

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

-- name: workspace.locked_by_user
SELECT id
FROM workspace
WHERE lock_user_id = :user_id
ORDER BY id
FOR UPDATE

-- name: workspace.is_free
SELECT 1 AS found
FROM workspace
WHERE id = :id
  AND lock_user_id IS NULL
  AND lock_team_id IS NULL
  AND lock_run_id IS NULL

-- name: workspace.give_to_run
UPDATE workspace
SET lock_run_id = :run_id,
    current_run_id = :run_id,
    lock_reason = NULL
WHERE id = :id

-- name: workspace.point_to_run
UPDATE workspace
SET current_run_id = :run_id
WHERE id = :id
  AND lock_run_id IS NULL

-- name: workspace.take_back_from_run
UPDATE workspace
SET lock_run_id = NULL,
    lock_reason = NULL
WHERE id = :id
  AND lock_run_id = :run_id

-- name: tag.create
INSERT INTO tag (id, organization_id, name, created_at)
VALUES (:id, :organization_id, :name, :now)
ON CONFLICT ON CONSTRAINT tag_name_key DO NOTHING

-- name: tag.attach_by_name
INSERT INTO workspace_tag (workspace_id, tag_id)
SELECT :workspace_id, t.id
FROM tag t
WHERE t.organization_id = :organization_id
  AND t.name = :name
ON CONFLICT ON CONSTRAINT workspace_tag_key DO NOTHING

-- name: tag.attach
INSERT INTO workspace_tag (workspace_id, tag_id)
VALUES (:workspace_id, :tag_id)
ON CONFLICT ON CONSTRAINT workspace_tag_key DO NOTHING

-- name: tag.detach
DELETE FROM workspace_tag wt
USING tag t
WHERE wt.workspace_id = :workspace_id
  AND t.id = wt.tag_id
  AND (t.id = ANY(CAST(:ids AS text[])) OR t.name = ANY(CAST(:names AS text[])))

-- name: tag.by_id
SELECT t.*, o.name AS organization_name, 0 AS instance_count
FROM tag t
JOIN organization o ON o.id = t.organization_id
WHERE t.id = :id

-- name: tag.list
SELECT t.*, o.name AS organization_name,
       (SELECT count(*) FROM workspace_tag c WHERE c.tag_id = t.id) AS instance_count
FROM tag t
JOIN organization o ON o.id = t.organization_id
WHERE t.organization_id = :organization_id
  AND t.name ILIKE :search
  AND (CAST(:excluded_id AS text) IS NULL OR NOT EXISTS (
        SELECT 1 FROM workspace_tag wt WHERE wt.tag_id = t.id AND wt.workspace_id = CAST(:excluded_id AS text)))
ORDER BY t.name
LIMIT :limit OFFSET :offset

-- name: tag.count
SELECT count(*) AS count
FROM tag t
WHERE t.organization_id = :organization_id
  AND t.name ILIKE :search
  AND (CAST(:excluded_id AS text) IS NULL OR NOT EXISTS (
        SELECT 1 FROM workspace_tag wt WHERE wt.tag_id = t.id AND wt.workspace_id = CAST(:excluded_id AS text)))

-- name: tag.list_of_workspace
SELECT t.*, o.name AS organization_name,
       (SELECT count(*) FROM workspace_tag c WHERE c.tag_id = t.id) AS instance_count
FROM workspace_tag wt
JOIN tag t ON t.id = wt.tag_id
JOIN organization o ON o.id = t.organization_id
WHERE wt.workspace_id = :workspace_id
  AND t.name ILIKE :search
ORDER BY wt.position
LIMIT :limit OFFSET :offset

-- name: tag.count_of_workspace
SELECT count(*) AS count
FROM workspace_tag wt
JOIN tag t ON t.id = wt.tag_id
WHERE wt.workspace_id = :workspace_id
  AND t.name ILIKE :search

-- name: tag.delete
DELETE FROM tag
WHERE organization_id = :organization_id
  AND id = ANY(CAST(:ids AS text[]))

-- name: workspace.consumers
-- Whoever may read the state: all of the organization, all of the project, or those that were named.
SELECT c.id
FROM workspace w
JOIN workspace c ON c.organization_id = w.organization_id AND c.id <> w.id
WHERE w.id = :id
  AND (w.global_remote_state
       OR w.project_remote_state AND c.project_id = w.project_id
       OR NOT w.project_remote_state AND EXISTS (
            SELECT 1 FROM remote_state_consumer r WHERE r.workspace_id = w.id AND r.consumer_id = c.id))
ORDER BY c.created_at, c.id
LIMIT :limit OFFSET :offset

-- name: workspace.count_consumers
SELECT count(*) AS count
FROM workspace w
JOIN workspace c ON c.organization_id = w.organization_id AND c.id <> w.id
WHERE w.id = :id
  AND (w.global_remote_state
       OR w.project_remote_state AND c.project_id = w.project_id
       OR NOT w.project_remote_state AND EXISTS (
            SELECT 1 FROM remote_state_consumer r WHERE r.workspace_id = w.id AND r.consumer_id = c.id))

-- name: workspace.is_consumer
SELECT 1 AS found
FROM workspace w
JOIN workspace c ON c.organization_id = w.organization_id AND c.id = :consumer_id
WHERE w.id = :id
  AND (w.global_remote_state
       OR w.project_remote_state AND c.project_id = w.project_id
       OR NOT w.project_remote_state AND EXISTS (
            SELECT 1 FROM remote_state_consumer r WHERE r.workspace_id = w.id AND r.consumer_id = c.id))

-- name: workspace.insert_consumer
INSERT INTO remote_state_consumer (workspace_id, consumer_id)
SELECT :workspace_id, c.id
FROM workspace c
WHERE c.id = :consumer_id
  AND c.organization_id = :organization_id
ON CONFLICT (workspace_id, consumer_id) DO UPDATE SET consumer_id = EXCLUDED.consumer_id

-- name: workspace.delete_consumers
DELETE FROM remote_state_consumer
WHERE workspace_id = :workspace_id
  AND consumer_id = ANY(CAST(:consumer_ids AS text[]))

-- name: workspace.delete_all_consumers
DELETE FROM remote_state_consumer
WHERE workspace_id = :workspace_id

-- name: workspace.move
UPDATE workspace
SET project_id = :project_id,
    updated_at = :now
WHERE id = :id

-- name: tag.of_organization
SELECT 1 AS found
FROM tag
WHERE id = :id
  AND organization_id = :organization_id
