-- name: team.memberships
-- Each organization with every team of it that the user, or the team's token, stands for; one row without a team if there is none.
SELECT o.id AS organization_id, o.user_tokens_enabled,
       EXISTS (SELECT 1 FROM organization_membership m
               WHERE m.organization_id = o.id AND m.user_id = CAST(:user_id AS text)) AS member,
       t.name, t.organization_access, a.access, a.runs, a.variables, a.state_versions, a.sentinel_mocks,
       a.workspace_locking, a.run_tasks, a.policy_overrides
FROM organization o
LEFT JOIN team t ON t.organization_id = o.id
    AND (t.id = CAST(:team_id AS text)
         OR t.id IN (SELECT m.team_id FROM team_member m WHERE m.user_id = CAST(:user_id AS text)))
LEFT JOIN team_workspace a ON a.team_id = t.id AND a.workspace_id = CAST(:workspace_id AS text)
WHERE o.id = ANY(CAST(:organization_ids AS text[]))

-- name: team.by_id
SELECT t.*, o.name AS organization_name,
       ARRAY(SELECT m.user_id FROM team_member m WHERE m.team_id = t.id ORDER BY m.user_id) AS member_ids,
       ARRAY(SELECT x.id FROM team_member m
             JOIN organization_membership x ON x.organization_id = m.organization_id AND x.user_id = m.user_id
             WHERE m.team_id = t.id ORDER BY m.user_id) AS membership_ids
FROM team t
JOIN organization o ON o.id = t.organization_id
WHERE t.id = :id

-- name: team.list
SELECT t.*, o.name AS organization_name,
       ARRAY(SELECT m.user_id FROM team_member m WHERE m.team_id = t.id ORDER BY m.user_id) AS member_ids,
       ARRAY(SELECT x.id FROM team_member m
             JOIN organization_membership x ON x.organization_id = m.organization_id AND x.user_id = m.user_id
             WHERE m.team_id = t.id ORDER BY m.user_id) AS membership_ids
FROM team t
JOIN organization o ON o.id = t.organization_id
WHERE t.organization_id = :organization_id
  AND (CAST(:names AS text[]) = '{}' OR t.name = ANY(CAST(:names AS text[])))
  AND t.name ILIKE :search
  AND (:see_secret
       OR t.visibility = 'organization'
       OR t.id = CAST(:team_id AS text)
       OR t.id IN (SELECT m.team_id FROM team_member m WHERE m.user_id = CAST(:user_id AS text)))
ORDER BY t.created_at, t.id
LIMIT :limit OFFSET :offset

-- name: team.count
SELECT count(*) AS count
FROM team t
WHERE t.organization_id = :organization_id
  AND (CAST(:names AS text[]) = '{}' OR t.name = ANY(CAST(:names AS text[])))
  AND t.name ILIKE :search
  AND (:see_secret
       OR t.visibility = 'organization'
       OR t.id = CAST(:team_id AS text)
       OR t.id IN (SELECT m.team_id FROM team_member m WHERE m.user_id = CAST(:user_id AS text)))

-- name: team.insert
INSERT INTO team (id, organization_id, name, visibility, sso_team_id, allow_member_token_management, organization_access, created_at)
VALUES (:id, :organization_id, :name, :visibility, :sso_team_id, :allow_member_token_management,
        CAST(:organization_access AS text[]), :now)

-- name: team.update
UPDATE team
SET name = :name,
    visibility = :visibility,
    sso_team_id = :sso_team_id,
    allow_member_token_management = :allow_member_token_management,
    organization_access = CAST(:organization_access AS text[])
WHERE id = :id

-- name: team.delete
DELETE FROM team
WHERE id = :id

-- name: team.insert_member
INSERT INTO team_member (team_id, organization_id, user_id)
SELECT id, organization_id, :user_id
FROM team
WHERE id = :team_id
ON CONFLICT DO NOTHING

-- name: team.delete_members
DELETE FROM team_member
WHERE team_id = :team_id
  AND user_id IN (SELECT id FROM users WHERE lower(username) = ANY(CAST(:usernames AS text[])))

-- name: team.delete_memberships
DELETE FROM team_member t
USING organization_membership m
WHERE t.team_id = :team_id
  AND m.organization_id = t.organization_id
  AND m.user_id = t.user_id
  AND m.id = ANY(CAST(:ids AS text[]))

-- name: team.lock_owners
-- Owners who remove one another at the same time wait here: one of them stays.
SELECT id
FROM team
WHERE organization_id = :organization_id
  AND name = 'owners'
FOR UPDATE

-- name: team.active_owner
SELECT 1 AS found
FROM team t
JOIN team_member m ON m.team_id = t.id
JOIN users u ON u.id = m.user_id
WHERE t.organization_id = :organization_id
  AND t.name = 'owners'
  AND NOT u.pending
  AND NOT u.suspended
LIMIT 1

-- name: team.is_owner
SELECT 1 AS found
FROM team t
JOIN team_member m ON m.team_id = t.id
WHERE t.organization_id = :organization_id
  AND t.name = 'owners'
  AND m.user_id = :user_id

-- name: team.workspace_by_id
SELECT *
FROM team_workspace
WHERE id = :id

-- name: team.list_workspace
SELECT *
FROM team_workspace
WHERE workspace_id = :workspace_id
ORDER BY created_at, id
LIMIT :limit OFFSET :offset

-- name: team.count_workspace
SELECT count(*) AS count
FROM team_workspace
WHERE workspace_id = :workspace_id

-- name: team.insert_workspace
INSERT INTO team_workspace (id, team_id, workspace_id, access, runs, variables, state_versions, sentinel_mocks,
                            workspace_locking, run_tasks, policy_overrides, created_at)
VALUES (:id, :team_id, :workspace_id, :access, :runs, :variables, :state_versions, :sentinel_mocks, :workspace_locking,
        :run_tasks, :policy_overrides, :now)

-- name: team.update_workspace
UPDATE team_workspace
SET access = :access,
    runs = :runs,
    variables = :variables,
    state_versions = :state_versions,
    sentinel_mocks = :sentinel_mocks,
    workspace_locking = :workspace_locking,
    run_tasks = :run_tasks,
    policy_overrides = :policy_overrides
WHERE id = :id

-- name: team.delete_workspace
DELETE FROM team_workspace
WHERE id = :id
