-- name: run_trigger.by_id
SELECT t.*, w.name AS workspace_name, s.name AS sourceable_name
FROM run_trigger t
JOIN workspace w ON w.id = t.workspace_id
JOIN workspace s ON s.id = t.sourceable_id
WHERE t.id = :id

-- name: run_trigger.list
-- Inbound ones of the workspace, or outbound ones.
SELECT t.*, w.name AS workspace_name, s.name AS sourceable_name
FROM run_trigger t
JOIN workspace w ON w.id = t.workspace_id
JOIN workspace s ON s.id = t.sourceable_id
WHERE CASE WHEN CAST(:inbound AS boolean) THEN t.workspace_id = :workspace_id ELSE t.sourceable_id = :workspace_id END
ORDER BY t.created_at, t.id
LIMIT :limit OFFSET :offset

-- name: run_trigger.count
SELECT count(*) AS count
FROM run_trigger t
WHERE CASE WHEN CAST(:inbound AS boolean) THEN t.workspace_id = :workspace_id ELSE t.sourceable_id = :workspace_id END

-- name: run_trigger.insert
INSERT INTO run_trigger (id, workspace_id, sourceable_id, created_at)
VALUES (:id, :workspace_id, :sourceable_id, :now)

-- name: run_trigger.delete
DELETE FROM run_trigger
WHERE id = :id

-- name: run_trigger.fire
INSERT INTO triggered_run (workspace_id, source_run_id)
SELECT t.workspace_id, :run_id
FROM run_trigger t
WHERE t.sourceable_id = :workspace_id
ORDER BY t.created_at, t.id

-- name: run_trigger.next_due
-- Two servers never make the same run (SKIP LOCKED).
DELETE FROM triggered_run
WHERE id = (SELECT d.id FROM triggered_run d ORDER BY d.id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING workspace_id, source_run_id, (
    SELECT w.name FROM run r JOIN workspace w ON w.id = r.workspace_id WHERE r.id = source_run_id) AS source_name
