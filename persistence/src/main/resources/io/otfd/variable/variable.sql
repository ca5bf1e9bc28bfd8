-- name: variable.by_id
SELECT *
FROM variable
WHERE id = :id
  AND workspace_id = :workspace_id

-- name: variable.list
SELECT *
FROM variable
WHERE workspace_id = :workspace_id
ORDER BY created_at, id

-- name: variable.insert
INSERT INTO variable (id, workspace_id, key, value, category, hcl, sensitive, description, version_id, created_at)
VALUES (:id, :workspace_id, :key, :value, :category, :hcl, :sensitive, :description, :version_id, :created_at)

-- name: variable.update
UPDATE variable
SET key = :key,
    value = :value,
    category = :category,
    hcl = :hcl,
    sensitive = :sensitive,
    description = :description,
    version_id = :version_id,
    created_at = :created_at
WHERE id = :id
  AND workspace_id = :workspace_id

-- name: variable.delete
DELETE FROM variable
WHERE id = :id
