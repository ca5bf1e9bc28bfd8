-- name: blob.by_key
SELECT key, size, md5, data_key_id
FROM blob
WHERE key = :key

-- name: blob.insert
INSERT INTO blob (key, workspace_id, registry_module_id, size, md5, data_key_id)
VALUES (:key, :workspace_id, :registry_module_id, :size, :md5, :data_key_id)

-- name: blob.insert_chunk
INSERT INTO blob_chunk (key, sequence, data)
VALUES (:key, :sequence, :data)

-- name: blob.chunk
SELECT data
FROM blob_chunk
WHERE key = :key
  AND sequence = :sequence

-- name: blob.delete
DELETE FROM blob
WHERE key = :key
