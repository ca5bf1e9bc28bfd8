-- name: organization_membership.list
-- Of an organization, or of a user. Teams are those that the caller may see.
SELECT m.id, m.organization_id, o.name AS organization_name, m.user_id, m.created_at, u.username, u.email, u.pending, u.suspended,
       ARRAY(SELECT t.id
             FROM team_member x
             JOIN team t ON t.id = x.team_id
             WHERE x.organization_id = m.organization_id
               AND x.user_id = m.user_id
               AND (:see_secret
                    OR t.visibility = 'organization'
                    OR t.id IN (SELECT own.team_id FROM team_member own WHERE own.user_id = CAST(:viewer_id AS text)))
             ORDER BY t.created_at, t.id) AS team_ids
FROM organization_membership m
JOIN organization o ON o.id = m.organization_id
JOIN users u ON u.id = m.user_id
WHERE (m.organization_id = CAST(:organization_id AS text) OR m.user_id = CAST(:user_id AS text))
  AND (u.username ILIKE :search OR u.email ILIKE :search)
  AND (CAST(:emails AS text[]) = '{}' OR lower(u.email) = ANY(CAST(:emails AS text[])))
  AND (CAST(:status AS text) IS NULL
       OR CAST(:status AS text) = CASE WHEN u.suspended THEN 'inactive' WHEN u.pending THEN 'invited' ELSE 'active' END)
ORDER BY m.created_at, m.id
LIMIT :limit OFFSET :offset

-- name: organization_membership.count
SELECT count(*) AS count
FROM organization_membership m
JOIN users u ON u.id = m.user_id
WHERE (m.organization_id = CAST(:organization_id AS text) OR m.user_id = CAST(:user_id AS text))
  AND (u.username ILIKE :search OR u.email ILIKE :search)
  AND (CAST(:emails AS text[]) = '{}' OR lower(u.email) = ANY(CAST(:emails AS text[])))
  AND (CAST(:status AS text) IS NULL
       OR CAST(:status AS text) = CASE WHEN u.suspended THEN 'inactive' WHEN u.pending THEN 'invited' ELSE 'active' END)

-- name: organization_membership.by_ids
SELECT m.id, m.organization_id, o.name AS organization_name, m.user_id, m.created_at, u.username, u.email, u.pending, u.suspended,
       ARRAY(SELECT t.id
             FROM team_member x
             JOIN team t ON t.id = x.team_id
             WHERE x.organization_id = m.organization_id
               AND x.user_id = m.user_id
             ORDER BY t.created_at, t.id) AS team_ids
FROM organization_membership m
JOIN organization o ON o.id = m.organization_id
JOIN users u ON u.id = m.user_id
WHERE m.id = ANY(CAST(:ids AS text[]))
ORDER BY m.created_at, m.id

-- name: organization_membership.organization
SELECT organization_id
FROM organization_membership
WHERE id = :id

-- name: organization_membership.user
-- Whom a membership of this organization makes a member.
SELECT user_id
FROM organization_membership
WHERE id = :id
  AND organization_id = :organization_id

-- name: organization_membership.user_of_name
SELECT m.user_id
FROM organization_membership m
JOIN users u ON u.id = m.user_id
WHERE m.organization_id = :organization_id
  AND lower(u.username) = lower(:username)

-- name: organization_membership.shared
-- Whether two users are in one organization.
SELECT 1 AS found
FROM organization_membership one
JOIN organization_membership other ON other.organization_id = one.organization_id
WHERE one.user_id = :one
  AND other.user_id = :other
LIMIT 1

-- name: organization_membership.insert
INSERT INTO organization_membership (id, organization_id, user_id, created_at)
VALUES (:id, :organization_id, :user_id, :now)

-- name: organization_membership.delete
DELETE FROM organization_membership
WHERE id = :id
