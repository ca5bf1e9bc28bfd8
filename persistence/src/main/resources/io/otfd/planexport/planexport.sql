-- name: plan_export.by_id
SELECT *
FROM plan_export
WHERE id = :id

-- name: plan_export.of_plan
SELECT id
FROM plan_export
WHERE plan_id = :plan_id
ORDER BY created_at DESC, id

-- name: plan_export.expire
-- Makes room for a new one: the index takes one that is available.
UPDATE plan_export
SET available = false
WHERE plan_id = :plan_id
  AND available
  AND expires_at <= :now

-- name: plan_export.insert
INSERT INTO plan_export (id, plan_id, data_type, created_at, expires_at)
VALUES (:id, :plan_id, :data_type, :now, :expires_at)

-- name: plan_export.delete
DELETE FROM plan_export
WHERE id = :id

-- name: plan_export.names
-- What a run's mock calls by name.
SELECT p.name AS project_name, u.username AS author
FROM run r
JOIN workspace w ON w.id = r.workspace_id
JOIN project p ON p.id = w.project_id
LEFT JOIN users u ON u.id = r.created_by
WHERE r.id = :run_id
