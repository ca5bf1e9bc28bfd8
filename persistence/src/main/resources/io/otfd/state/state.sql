-- name: state.by_id
SELECT s.*, ARRAY(SELECT o.id FROM state_version_output o WHERE o.state_version_id = s.id ORDER BY o.position) AS output_ids
FROM state_version s
WHERE s.id = :id

-- name: state.by_ids
SELECT s.*, ARRAY(SELECT o.id FROM state_version_output o WHERE o.state_version_id = s.id ORDER BY o.position) AS output_ids
FROM state_version s
WHERE s.id = ANY(CAST(:ids AS text[]))

-- name: state.outputs_of_many
SELECT o.*, s.workspace_id
FROM state_version_output o
JOIN state_version s ON s.id = o.state_version_id
WHERE o.state_version_id = ANY(CAST(:ids AS text[]))
ORDER BY o.state_version_id, o.position

-- name: state.list
SELECT s.*, ARRAY(SELECT o.id FROM state_version_output o WHERE o.state_version_id = s.id ORDER BY o.position) AS output_ids
FROM state_version s
WHERE s.workspace_id = :workspace_id
  AND s.status NOT IN ('pending', 'discarded')
ORDER BY s.created_at DESC, s.id
LIMIT :limit OFFSET :offset

-- name: state.count
SELECT count(*) AS count
FROM state_version
WHERE workspace_id = :workspace_id
  AND status NOT IN ('pending', 'discarded')

-- name: state.pending
SELECT 1 AS found
FROM state_version
WHERE workspace_id = :workspace_id
  AND status = 'pending'

-- name: state.insert
INSERT INTO state_version (id, workspace_id, run_id, created_by, status, serial, lineage, md5, created_at)
VALUES (:id, :workspace_id, :run_id, :created_by, 'pending', :serial, :lineage, :md5, :now)

-- name: state.discard_pending
UPDATE state_version
SET status = 'discarded'
WHERE workspace_id = :workspace_id
  AND status = 'pending'

-- name: state.finalize
UPDATE state_version
SET status = 'finalized',
    size = :size,
    lineage = :lineage,
    terraform_version = :terraform_version,
    format_version = :format_version,
    resources = CAST(:resources AS jsonb),
    finalized_at = :now
WHERE id = :id

-- name: state.make_current
UPDATE workspace
SET current_state_version_id = :id,
    resource_count = :resource_count,
    latest_change_at = :now
WHERE id = :workspace_id

-- name: state.insert_output
INSERT INTO state_version_output (id, state_version_id, position, name, sensitive, type, detailed_type, value)
VALUES (:id, :state_version_id, :position, :name, :sensitive, :type, CAST(:detailed_type AS json), :value)

-- name: state.outputs
SELECT o.*, s.workspace_id
FROM state_version_output o
JOIN state_version s ON s.id = o.state_version_id
WHERE o.state_version_id = :state_version_id
ORDER BY o.position

-- name: state.output
SELECT o.*, s.workspace_id
FROM state_version_output o
JOIN state_version s ON s.id = o.state_version_id
WHERE o.id = :id

-- name: state.is_current
SELECT 1 AS found
FROM workspace
WHERE current_state_version_id = :id

-- name: state.update_status
UPDATE state_version
SET status = :status
WHERE id = :id
