-- name: project.name
SELECT p.name
FROM project p
WHERE p.id = :id

-- name: project.by_ids
SELECT p.*, o.name AS organization_name, o.default_execution_mode AS organization_mode,
       o.default_agent_pool_id AS organization_pool_id,
       (SELECT count(*) FROM workspace w WHERE w.project_id = p.id) AS workspace_count
FROM project p
JOIN organization o ON o.id = p.organization_id
WHERE p.id = ANY(CAST(:ids AS text[]))

-- name: project.uncounted
SELECT p.*, o.name AS organization_name, o.default_execution_mode AS organization_mode,
       o.default_agent_pool_id AS organization_pool_id, CAST(NULL AS bigint) AS workspace_count
FROM project p
JOIN organization o ON o.id = p.organization_id
WHERE p.id = :id

-- name: project.lock_row
SELECT p.id
FROM project p
WHERE p.id = :id
FOR NO KEY UPDATE

-- name: project.list
-- Newest first (observed: go-tfe's suite expects the project just made at the top).
SELECT p.*, o.name AS organization_name, o.default_execution_mode AS organization_mode,
       o.default_agent_pool_id AS organization_pool_id,
       (SELECT count(*) FROM workspace w WHERE w.project_id = p.id) AS workspace_count
FROM project p
JOIN organization o ON o.id = p.organization_id
WHERE p.organization_id = :organization_id
  AND (CAST(:names AS text[]) = '{}' OR lower(p.name) = ANY(CAST(:names AS text[])))
  AND p.name ILIKE :search
  AND (CAST(:tagged AS text[]) = '{}' OR CAST(:tagged AS text[]) <@ ARRAY(
        SELECT unnest(ARRAY[b.key || chr(10) || b.value, b.key || chr(10)]) FROM tag_binding b WHERE b.project_id = p.id))
ORDER BY CASE WHEN :sort = 'name' THEN lower(p.name) END,
         CASE WHEN :sort = 'name_descending' THEN lower(p.name) END DESC,
         p.created_at DESC, p.id
LIMIT :limit OFFSET :offset

-- name: project.count
SELECT count(*) AS count
FROM project p
WHERE p.organization_id = :organization_id
  AND (CAST(:names AS text[]) = '{}' OR lower(p.name) = ANY(CAST(:names AS text[])))
  AND p.name ILIKE :search
  AND (CAST(:tagged AS text[]) = '{}' OR CAST(:tagged AS text[]) <@ ARRAY(
        SELECT unnest(ARRAY[b.key || chr(10) || b.value, b.key || chr(10)]) FROM tag_binding b WHERE b.project_id = p.id))

-- name: project.insert
INSERT INTO project (id, organization_id, name, description, is_default, default_execution_mode, default_agent_pool_id,
                     auto_destroy_activity_duration, created_at)
VALUES (:id, :organization_id, :name, :description, :is_default, :default_execution_mode, :default_agent_pool_id,
        :auto_destroy_activity_duration, :now)

-- name: project.update
UPDATE project
SET name = :name,
    description = :description,
    default_execution_mode = :default_execution_mode,
    default_agent_pool_id = :default_agent_pool_id,
    auto_destroy_activity_duration = :auto_destroy_activity_duration
WHERE id = :id

-- name: project.delete
DELETE FROM project
WHERE id = :id

-- name: project.insert_default
INSERT INTO project (id, organization_id, name, is_default, created_at)
VALUES (:id, :organization_id, :name, true, :now)
