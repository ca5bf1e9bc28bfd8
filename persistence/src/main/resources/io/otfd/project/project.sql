-- name: project.by_id
SELECT p.*, o.name AS organization_name, o.default_execution_mode, o.default_agent_pool_id,
       (SELECT count(*) FROM workspace w WHERE w.project_id = p.id) AS workspace_count
FROM project p
JOIN organization o ON o.id = p.organization_id
WHERE p.id = :id

-- name: project.list
-- Newest first (observed: go-tfe's suite expects the project just made at the top).
SELECT p.*, o.name AS organization_name, o.default_execution_mode, o.default_agent_pool_id,
       (SELECT count(*) FROM workspace w WHERE w.project_id = p.id) AS workspace_count
FROM project p
JOIN organization o ON o.id = p.organization_id
WHERE p.organization_id = :organization_id
  AND (:any OR p.name = ANY(CAST(:names AS text[])))
  AND p.name ILIKE :search
ORDER BY p.created_at DESC, p.id
LIMIT :limit OFFSET :offset

-- name: project.count
SELECT count(*) AS count
FROM project p
WHERE p.organization_id = :organization_id
  AND (:any OR p.name = ANY(CAST(:names AS text[])))
  AND p.name ILIKE :search

-- name: project.insert
INSERT INTO project (id, organization_id, name, description, is_default, created_at)
VALUES (:id, :organization_id, :name, :description, :is_default, :now)

-- name: project.update
UPDATE project
SET name = :name,
    description = :description
WHERE id = :id

-- name: project.delete
DELETE FROM project
WHERE id = :id
