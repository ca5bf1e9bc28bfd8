-- name: user.by_id
SELECT id, username, email, site_admin
FROM users
WHERE id = :id

-- name: user.by_ids
SELECT id, username, email, site_admin
FROM users
WHERE id = ANY(CAST(:ids AS text[]))

-- name: user.by_username
SELECT id, username, email, site_admin
FROM users
WHERE username = :username

-- name: user.insert_site_admin
INSERT INTO users (id, username, email, site_admin)
VALUES (:id, :username, :email, true)
ON CONFLICT ON CONSTRAINT users_username_key DO NOTHING
