-- name: user.by_id
SELECT u.*, u.password_hash IS NOT NULL AS has_password
FROM users u
WHERE u.id = :id

-- name: user.by_ids
SELECT u.*, u.password_hash IS NOT NULL AS has_password
FROM users u
WHERE u.id = ANY(CAST(:ids AS text[]))

-- name: user.by_login
-- A user name holds no @, so that it is nobody's address.
SELECT u.*, u.password_hash IS NOT NULL AS has_password
FROM users u
WHERE lower(u.username) = lower(:login)
   OR lower(u.email) = lower(:login)

-- name: user.list
SELECT u.*, u.password_hash IS NOT NULL AS has_password
FROM users u
WHERE (u.username ILIKE :search OR u.email ILIKE :search)
  AND (CAST(:site_admin AS boolean) IS NULL OR u.site_admin = CAST(:site_admin AS boolean))
  AND (CAST(:suspended AS boolean) IS NULL OR u.suspended = CAST(:suspended AS boolean))
ORDER BY lower(u.username)
LIMIT :limit OFFSET :offset

-- name: user.count
SELECT count(*) AS count
FROM users u
WHERE (u.username ILIKE :search OR u.email ILIKE :search)
  AND (CAST(:site_admin AS boolean) IS NULL OR u.site_admin = CAST(:site_admin AS boolean))
  AND (CAST(:suspended AS boolean) IS NULL OR u.suspended = CAST(:suspended AS boolean))

-- name: user.of_site_token
SELECT u.*, u.password_hash IS NOT NULL AS has_password
FROM token t
JOIN users u ON u.id = t.user_id
WHERE t.kind = 'site'

-- name: user.insert
INSERT INTO users (id, username, email, site_admin, pending, password_hash)
VALUES (:id, :username, :email, :site_admin, :pending, CAST(:password_hash AS text))

-- name: user.insert_unless_taken
INSERT INTO users (id, username, email, site_admin, pending)
VALUES (:id, :username, :email, :site_admin, :pending)
ON CONFLICT DO NOTHING

-- name: user.update
UPDATE users
SET username = :username,
    email = :email,
    unconfirmed_email = CAST(:unconfirmed_email AS text),
    site_admin = :site_admin,
    suspended = :suspended
WHERE id = :id

-- name: user.owns_site_token
SELECT 1 AS found
FROM token
WHERE user_id = :id
  AND kind = 'site'

-- name: user.sole_owner_of
-- Organizations whose other owners, if any, cannot come in.
SELECT o.name
FROM team_member m
JOIN team t ON t.id = m.team_id AND t.name = 'owners'
JOIN organization o ON o.id = t.organization_id
WHERE m.user_id = :id
  AND NOT EXISTS (SELECT 1 FROM team_member other JOIN users u ON u.id = other.user_id
                  WHERE other.team_id = m.team_id AND other.user_id <> m.user_id AND NOT u.pending AND NOT u.suspended)
ORDER BY o.name
LIMIT 4

-- name: user.delete
DELETE FROM users
WHERE id = :id

-- name: user.password_hash
SELECT password_hash
FROM users
WHERE id = CAST(:id AS text)

-- name: user.update_password
UPDATE users
SET password_hash = :password_hash,
    pending = false
WHERE id = :id

-- name: user.any_password
SELECT 1 AS found
FROM users
WHERE password_hash IS NOT NULL
LIMIT 1

-- name: user.insert_link
INSERT INTO password_link (hash, user_id, expires_at)
VALUES (:hash, CAST(:user_id AS text), :expires_at)

-- name: user.link
SELECT user_id
FROM password_link
WHERE hash = :hash
  AND expires_at > :now

-- name: user.take_link
DELETE FROM password_link
WHERE hash = :hash
  AND expires_at > :now
RETURNING user_id

-- name: user.delete_links
-- All of the user; all that make the first site admin where user_id is NULL.
DELETE FROM password_link
WHERE user_id IS NOT DISTINCT FROM CAST(:user_id AS text)

-- name: user.delete_expired_links
DELETE FROM password_link
WHERE expires_at <= :now

-- name: user.insert_failure
INSERT INTO sign_in_failure (name, address, failed_at)
VALUES (:name, :address, :now)
RETURNING id

-- name: user.count_failures
SELECT count(*) FILTER (WHERE f.name = :name AND f.address = :address) AS here,
       count(*) FILTER (WHERE f.address = :address) AS of_address,
       count(*) FILTER (WHERE f.name = :name) AS of_name,
       EXISTS (SELECT 1 FROM token t
               WHERE t.user_id = CAST(:user_id AS text) AND t.kind = 'session' AND t.address = :address) AS known
FROM sign_in_failure f
WHERE f.failed_at > :since
  AND (f.name = :name OR f.address = :address)

-- name: user.delete_failure
DELETE FROM sign_in_failure
WHERE id = :id

-- name: user.delete_failures
DELETE FROM sign_in_failure
WHERE name = :name
  AND address = :address

-- name: user.delete_old_failures
DELETE FROM sign_in_failure
WHERE failed_at <= :before

-- name: user.by_username
SELECT u.*, u.password_hash IS NOT NULL AS has_password
FROM users u
WHERE lower(u.username) = lower(:username)
