-- name: token.verify
-- One look-up gives the caller whole: this runs before every request.
SELECT t.id, t.kind, t.last_used_at, t.user_id, u.username, u.site_admin, t.team_id, t.agent_pool_id, t.agent_id,
       a.agent_pool_id AS agent_agent_pool_id, r.id AS run_id, t.task_result_id, r.workspace_id,
       COALESCE(t.organization_id, m.organization_id, w.organization_id) AS organization_id
FROM token t
LEFT JOIN team m ON m.id = t.team_id
LEFT JOIN users u ON u.id = t.user_id
LEFT JOIN agent a ON a.id = t.agent_id
LEFT JOIN task_result x ON x.id = t.task_result_id
LEFT JOIN task_stage s ON s.id = x.task_stage_id
LEFT JOIN run r ON r.id = COALESCE(t.run_id, s.run_id)
LEFT JOIN workspace w ON w.id = r.workspace_id
WHERE t.hash = :hash
  AND (t.expires_at IS NULL OR t.expires_at > :now)
  AND (NOT t.ended OR CAST(:ended_too AS boolean))
  AND (u.suspended IS NULL OR NOT u.suspended)

-- name: token.used
UPDATE token
SET last_used_at = :now
WHERE id = :id

-- name: token.insert
INSERT INTO token (id, kind, hash, description, user_id, team_id, organization_id, agent_pool_id, agent_id, run_id, task_result_id,
                   parent_id, created_by, created_by_team_id, address, created_at, expires_at)
VALUES (:id, :kind, :hash, :description, :user_id, :team_id, :organization_id, :agent_pool_id, :agent_id, :run_id,
        CAST(:task_result_id AS text), :parent_id, :created_by, :created_by_team_id, CAST(:address AS text), :now, CAST(:expires_at AS timestamptz))

-- name: token.by_id
SELECT *
FROM token
WHERE id = :id
  AND kind IN ('user', 'team', 'organization', 'audit_trails', 'agent_pool')

-- name: token.unnamed
-- An organization's token has no name: there is one of each kind.
SELECT *
FROM token
WHERE kind = :kind
  AND :owner_id IN (team_id, organization_id)
  AND (description IS NULL OR organization_id IS NOT NULL)

-- name: token.delete_unnamed
DELETE FROM token
WHERE kind = :kind
  AND :owner_id IN (team_id, organization_id)
  AND (description IS NULL OR organization_id IS NOT NULL)

-- name: token.list
-- Identifiers of users, teams and pools differ by their prefixes.
SELECT *
FROM token
WHERE kind = :kind
  AND (user_id = :owner_id OR team_id = :owner_id OR agent_pool_id = :owner_id)
ORDER BY created_at, id
LIMIT :limit OFFSET :offset

-- name: token.count
SELECT count(*) AS count
FROM token
WHERE kind = :kind
  AND (user_id = :owner_id OR team_id = :owner_id OR agent_pool_id = :owner_id)

-- name: token.list_teams
SELECT k.*
FROM token k
JOIN team t ON t.id = k.team_id
LEFT JOIN users u ON u.id = k.created_by
WHERE t.organization_id = :organization_id
  AND k.kind = 'team'
  AND t.name ILIKE :search
ORDER BY CASE WHEN :sort = 'team_name' THEN t.name END,
         CASE WHEN :sort = 'team_name_descending' THEN t.name END DESC,
         CASE WHEN :sort = 'created_by' THEN u.username END,
         CASE WHEN :sort = 'created_by_descending' THEN u.username END DESC,
         CASE WHEN :sort = 'expired_at' THEN k.expires_at END,
         CASE WHEN :sort = 'expired_at_descending' THEN k.expires_at END DESC,
         CASE WHEN :sort = 'last_used_at' THEN k.last_used_at END,
         CASE WHEN :sort = 'last_used_at_descending' THEN k.last_used_at END DESC,
         k.created_at, k.id
LIMIT :limit OFFSET :offset

-- name: token.count_teams
SELECT count(*) AS count
FROM token k
JOIN team t ON t.id = k.team_id
WHERE t.organization_id = :organization_id
  AND k.kind = 'team'
  AND t.name ILIKE :search

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

-- name: token.end_run
UPDATE token
SET ended = true,
    expires_at = LEAST(expires_at, CAST(:expires_at AS timestamptz))
WHERE run_id = :run_id
  AND kind = 'run'
  AND NOT ended

-- name: token.end_tasks
DELETE FROM token
WHERE task_result_id IN (SELECT r.id FROM task_result r WHERE r.task_stage_id = :stage_id)

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

-- name: token.update_key
UPDATE site_key
SET key = :key
WHERE purpose = :purpose

-- name: token.key
SELECT key
FROM site_key
WHERE purpose = :purpose

-- name: token.insert_authorization_code
INSERT INTO authorization_code (hash, user_id, code_challenge, redirect_uri, expires_at)
VALUES (:hash, :user_id, :code_challenge, :redirect_uri, :expires_at)

-- name: token.take_authorization_code
-- Gone with the first attempt, whether it succeeds or not.
DELETE FROM authorization_code
WHERE hash = :hash
RETURNING user_id, code_challenge, redirect_uri, expires_at

-- name: token.delete_expired_authorization_codes
DELETE FROM authorization_code
WHERE expires_at < :now

-- name: token.list_sessions
SELECT id, description, address, created_at, last_used_at, expires_at, hash = :hash AS is_current
FROM token
WHERE user_id = :user_id
  AND kind = 'session'
ORDER BY created_at DESC, id

-- name: token.delete_session
DELETE FROM token
WHERE id = :id
  AND user_id = :user_id
  AND kind = 'session'

-- name: token.delete_sessions
DELETE FROM token
WHERE user_id = :user_id
  AND kind = 'session'

-- name: token.delete_other_sessions
DELETE FROM token
WHERE user_id = :user_id
  AND kind = 'session'
  AND hash <> :hash
