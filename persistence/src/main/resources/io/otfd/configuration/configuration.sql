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

-- name: configuration_version.insert_for_module
INSERT INTO configuration_version (id, registry_module_id, status, source, auto_queue_runs, speculative, provisional, created_at)
VALUES (:id, :registry_module_id, 'pending', :source, false, false, false, :now)

-- name: configuration_version.module_organization
SELECT organization_id
FROM registry_module
WHERE id = :registry_module_id

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
-- A provisional one counts once a run has applied it.
SELECT c.*
FROM configuration_version c
WHERE c.workspace_id = :workspace_id
  AND c.status = 'uploaded'
  AND NOT c.speculative
  AND (NOT c.provisional OR EXISTS (
      SELECT 1 FROM run r WHERE r.configuration_version_id = c.id AND r.status = 'applied'))
ORDER BY c.created_at DESC
LIMIT 1

-- name: configuration_version.applied
-- A provisional one becomes current when a run has applied it, unless there is a newer one.
UPDATE workspace w
SET current_configuration_version_id = c.id
FROM configuration_version c
WHERE c.id = :id
  AND c.provisional
  AND w.id = c.workspace_id
  AND NOT EXISTS (
      SELECT 1
      FROM configuration_version n
      WHERE n.id = w.current_configuration_version_id
        AND n.created_at > c.created_at)

-- name: configuration_version.is_current
SELECT 1 AS found
FROM workspace
WHERE current_configuration_version_id = :id

-- name: configuration_version.is_used
SELECT 1 AS found
FROM run
WHERE configuration_version_id = :id
  AND status NOT IN ('planned_and_finished', 'applied', 'discarded', 'errored', 'canceled', 'force_canceled')
LIMIT 1

-- name: configuration_version.update_status
UPDATE configuration_version
SET status = :status,
    archived_at = CASE WHEN :status = 'archived' THEN :now ELSE archived_at END
WHERE id = :id

-- name: configuration_version.working_directory
SELECT w.working_directory
FROM configuration_version c
LEFT JOIN workspace w ON w.id = c.workspace_id
WHERE c.id = :id

-- name: configuration_version.insert_readme
INSERT INTO configuration_readme (configuration_version_id, body)
VALUES (:id, :body)

-- name: configuration_version.delete_readme
DELETE FROM configuration_readme
WHERE configuration_version_id = :id

-- name: configuration_version.readmes
SELECT configuration_version_id, body
FROM configuration_readme
WHERE configuration_version_id = ANY(CAST(:ids AS text[]))

-- name: configuration_version.of_run
SELECT id
FROM run
WHERE id = :run_id
  AND configuration_version_id = :id
