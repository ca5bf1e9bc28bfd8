-- name: ssh_key.by_id
SELECT id, organization_id, name
FROM ssh_key
WHERE id = :id

-- name: ssh_key.value
SELECT k.value
FROM ssh_key k
JOIN workspace w ON w.ssh_key_id = k.id
WHERE k.id = :id
  AND w.id = :workspace_id

-- name: ssh_key.list
SELECT id, organization_id, name
FROM ssh_key
WHERE organization_id = :organization_id
ORDER BY created_at, id
LIMIT :limit OFFSET :offset

-- name: ssh_key.count
SELECT count(*) AS count
FROM ssh_key
WHERE organization_id = :organization_id

-- name: ssh_key.insert
INSERT INTO ssh_key (id, organization_id, name, value, created_at)
VALUES (:id, :organization_id, :name, :value, :now)

-- name: ssh_key.update
UPDATE ssh_key
SET name = :name
WHERE id = :id

-- name: ssh_key.delete
DELETE FROM ssh_key
WHERE id = :id

-- name: ssh_key.assign
UPDATE workspace
SET ssh_key_id = :id,
    updated_at = :now
WHERE id = :workspace_id
