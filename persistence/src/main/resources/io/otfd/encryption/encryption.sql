-- name: data_key.lock
-- Two servers that start at once on a new database make one key.
LOCK TABLE data_key IN SHARE ROW EXCLUSIVE MODE

-- name: data_key.all
SELECT id, master_key, wrapped
FROM data_key
ORDER BY id

-- name: data_key.by_id
SELECT id, master_key, wrapped
FROM data_key
WHERE id = :id

-- name: data_key.insert
INSERT INTO data_key (master_key, wrapped)
VALUES (:master_key, :wrapped)

-- name: data_key.wrap
UPDATE data_key
SET master_key = :master_key,
    wrapped = :wrapped
WHERE id = :id
