-- name: retention.set_organization
UPDATE organization
SET retention_policy_id = :policy_id,
    retention_days = :days
WHERE id = :id

-- name: retention.set_workspace
UPDATE workspace
SET retention_policy_id = :policy_id,
    retention_days = :days
WHERE id = :id

-- name: retention.lock_due
-- The policy of a workspace beats its organization's. A row that somebody else holds is left for the next time.
SELECT w.id, p.days
FROM workspace w
JOIN organization o ON o.id = w.organization_id
CROSS JOIN LATERAL (
    SELECT CASE WHEN w.retention_policy_id IS NULL THEN o.retention_days ELSE w.retention_days END AS days) p
WHERE p.days IS NOT NULL
  AND EXISTS (
    SELECT 1
    FROM state_version s
    WHERE s.workspace_id = w.id
      AND s.id IS DISTINCT FROM w.current_state_version_id
      AND s.status IN ('finalized', 'backing_data_soft_deleted')
      AND s.created_at < CAST(:now AS timestamptz) - make_interval(days => p.days))
LIMIT :limit
FOR UPDATE OF w SKIP LOCKED

-- name: retention.expire
WITH expired AS (
    UPDATE state_version s
    SET status = 'backing_data_permanently_deleted'
    FROM workspace w
    WHERE w.id = :workspace_id
      AND s.workspace_id = w.id
      AND s.id IS DISTINCT FROM w.current_state_version_id
      AND s.status IN ('finalized', 'backing_data_soft_deleted')
      AND s.created_at < CAST(:now AS timestamptz) - make_interval(days => CAST(:days AS integer))
    RETURNING s.id
), outputs AS (
    DELETE FROM state_version_output
    WHERE state_version_id IN (SELECT id FROM expired)
)
DELETE FROM blob
WHERE key IN (SELECT 'state/' || id FROM expired UNION ALL SELECT 'json-state/' || id FROM expired)
