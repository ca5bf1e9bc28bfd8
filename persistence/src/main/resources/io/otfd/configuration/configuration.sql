-- name: configuration_version.by_id
SELECT *
FROM configuration_version
WHERE id = :id

-- name: configuration_version.by_ids
SELECT *
FROM configuration_version
WHERE id = ANY(CAST(:ids AS text[]))

-- name: configuration_version.lock
-- Two uploads to one URL come one after the other.
SELECT *
FROM configuration_version
WHERE id = :id
FOR UPDATE

-- name: configuration_version.list
SELECT *
FROM configuration_version
WHERE workspace_id = :workspace_id
ORDER BY created_at DESC, id
LIMIT :limit OFFSET :offset

-- name: configuration_version.count
SELECT count(*) AS count
FROM configuration_version
WHERE workspace_id = :workspace_id

-- name: configuration_version.insert
INSERT INTO configuration_version (id, workspace_id, status, source, auto_queue_runs, speculative, provisional, created_at)
VALUES (:id, :workspace_id, 'pending', :source, :auto_queue_runs, :speculative, :provisional, :now)

-- name: configuration_version.uploaded
UPDATE configuration_version
SET status = 'uploaded',
    uploaded_at = :now
WHERE id = :id

-- name: configuration_version.make_current
UPDATE workspace
SET current_configuration_version_id = :id
WHERE id = :workspace_id

-- name: configuration_version.latest_uploaded
SELECT *
FROM configuration_version
WHERE workspace_id = :workspace_id
  AND status = 'uploaded'
  AND NOT speculative
ORDER BY created_at DESC
LIMIT 1
