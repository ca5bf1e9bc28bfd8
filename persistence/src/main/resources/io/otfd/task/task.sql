-- name: task.by_id
SELECT t.*, o.name AS organization_name, o.feature_set,
       ARRAY(SELECT w.id FROM workspace_task w WHERE w.task_id = t.id ORDER BY w.created_at, w.id) AS workspace_task_ids
FROM task t
JOIN organization o ON o.id = t.organization_id
WHERE t.id = :id

-- name: task.lock_row
SELECT id
FROM task
WHERE id = :id
FOR UPDATE

-- name: task.list
SELECT t.*, o.name AS organization_name, o.feature_set,
       ARRAY(SELECT w.id FROM workspace_task w WHERE w.task_id = t.id ORDER BY w.created_at, w.id) AS workspace_task_ids
FROM task t
JOIN organization o ON o.id = t.organization_id
WHERE t.organization_id = :organization_id
ORDER BY t.name
LIMIT :limit OFFSET :offset

-- name: task.count
SELECT count(*) AS count
FROM task
WHERE organization_id = :organization_id

-- name: task.names
SELECT id, name
FROM task
WHERE organization_id = :organization_id
ORDER BY name
LIMIT :limit

-- name: task.insert
INSERT INTO task (id, organization_id, name, url, description, hmac_key, enabled, global_enabled, global_stages,
                  global_enforcement, created_at, updated_at)
VALUES (:id, :organization_id, :name, :url, :description, :hmac_key, :enabled, :global_enabled, CAST(:global_stages AS text[]),
        :global_enforcement, CAST(:now AS timestamptz), CAST(:now AS timestamptz))

-- name: task.update
UPDATE task
SET name = :name,
    url = :url,
    description = :description,
    hmac_key = :hmac_key,
    enabled = :enabled,
    global_enabled = :global_enabled,
    global_stages = CAST(:global_stages AS text[]),
    global_enforcement = :global_enforcement,
    updated_at = :now
WHERE id = :id
  AND organization_id = :organization_id

-- name: task.delete
DELETE FROM task
WHERE id = :id

-- name: workspace_task.by_id
SELECT w.*, t.name AS task_name
FROM workspace_task w
JOIN task t ON t.id = w.task_id
WHERE w.id = :id
  AND w.workspace_id = :workspace_id

-- name: workspace_task.list
SELECT w.*, t.name AS task_name
FROM workspace_task w
JOIN task t ON t.id = w.task_id
WHERE w.workspace_id = :workspace_id
ORDER BY w.created_at, w.id
LIMIT :limit OFFSET :offset

-- name: workspace_task.count
SELECT count(*) AS count
FROM workspace_task
WHERE workspace_id = :workspace_id

-- name: workspace_task.of_tasks
SELECT w.*, t.name AS task_name
FROM workspace_task w
JOIN task t ON t.id = w.task_id
WHERE w.task_id = ANY(CAST(:task_ids AS text[]))
ORDER BY w.created_at, w.id

-- name: workspace_task.insert
INSERT INTO workspace_task (id, workspace_id, task_id, stages, enforcement_level, created_at, updated_at)
VALUES (:id, :workspace_id, :task_id, CAST(:stages AS text[]), :enforcement_level, CAST(:now AS timestamptz),
        CAST(:now AS timestamptz))

-- name: workspace_task.update
UPDATE workspace_task
SET stages = CAST(:stages AS text[]),
    enforcement_level = :enforcement_level,
    updated_at = :now
WHERE id = :id

-- name: workspace_task.delete
DELETE FROM workspace_task
WHERE id = :id
