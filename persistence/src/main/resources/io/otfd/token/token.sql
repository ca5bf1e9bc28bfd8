-- name: token.verify
-- One look-up gives the caller whole: this runs before every request.
SELECT t.id, t.kind, t.last_used_at, t.user_id, u.username, u.site_admin, t.agent_pool_id, t.agent_id,
       a.agent_pool_id AS agent_agent_pool_id, t.run_id, r.workspace_id, w.organization_id
FROM token t
LEFT JOIN users u ON u.id = t.user_id
LEFT JOIN agent a ON a.id = t.agent_id
LEFT JOIN run r ON r.id = t.run_id
LEFT JOIN workspace w ON w.id = r.workspace_id
WHERE t.hash = :hash
  AND (t.expires_at IS NULL OR t.expires_at > :now)

-- name: token.used
UPDATE token
SET last_used_at = :now
WHERE id = :id

-- name: token.insert
INSERT INTO token (id, kind, hash, description, user_id, agent_pool_id, agent_id, run_id, parent_id, created_by, created_at, expires_at)
VALUES (:id, :kind, :hash, :description, :user_id, :agent_pool_id, :agent_id, :run_id, :parent_id, :created_by, :now,
        CAST(:expires_at AS timestamptz))
RETURNING id, description, created_by, created_at, last_used_at

-- name: token.by_id
SELECT id, description, created_by, created_at, last_used_at, agent_pool_id
FROM token
WHERE id = :id
  AND kind = 'agent_pool'

-- name: token.count_agent_pool
SELECT count(*) AS count
FROM token
WHERE agent_pool_id = :agent_pool_id
  AND kind = 'agent_pool'

-- name: token.list_agent_pool
SELECT id, description, created_by, created_at, last_used_at
FROM token
WHERE agent_pool_id = :agent_pool_id
  AND kind = 'agent_pool'
ORDER BY created_at, id
LIMIT :limit OFFSET :offset

-- name: token.delete
DELETE FROM token
WHERE id = :id

-- name: token.delete_by_hash
DELETE FROM token
WHERE hash = :hash

-- name: token.delete_agent
DELETE FROM token
WHERE agent_id = :agent_id
  AND kind = 'agent'

-- name: token.agent
SELECT 1 AS found
FROM token
WHERE agent_id = :agent_id
  AND kind = 'agent'
  AND (CAST(:session AS text) IS NULL OR id = CAST(:session AS text))

-- name: token.delete_run
DELETE FROM token
WHERE run_id = :run_id
  AND kind = 'run'

-- name: token.delete_expired
DELETE FROM token
WHERE expires_at <= :now

-- name: token.delete_site
DELETE FROM token
WHERE kind = 'site'

-- name: token.lock_site
-- Two servers that start at once on a new database mint one token.
LOCK TABLE token IN SHARE ROW EXCLUSIVE MODE

-- name: token.site
SELECT 1 AS found
FROM token
WHERE kind = 'site'

-- name: token.insert_key
INSERT INTO site_key (purpose, key)
VALUES (:purpose, :key)
ON CONFLICT DO NOTHING

-- name: token.key
SELECT key
FROM site_key
WHERE purpose = :purpose
