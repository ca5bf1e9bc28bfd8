-- name: comment.by_id
SELECT c.*, (SELECT e.id FROM run_event e WHERE e.comment_id = c.id) AS event_id
FROM comment c
WHERE c.id = :id

-- name: comment.by_ids
SELECT c.*, e.id AS event_id
FROM comment c
LEFT JOIN run_event e ON e.comment_id = c.id
WHERE c.id = ANY(CAST(:ids AS text[]))

-- name: comment.list
SELECT c.*, e.id AS event_id
FROM comment c
LEFT JOIN run_event e ON e.run_id = c.run_id AND e.comment_id = c.id
WHERE c.run_id = :run_id
ORDER BY c.created_at, c.id
LIMIT :limit OFFSET :offset

-- name: comment.count
SELECT count(*) AS count
FROM comment
WHERE run_id = :run_id

-- name: comment.insert
INSERT INTO comment (id, run_id, body, created_by, created_at)
VALUES (:id, :run_id, :body, :created_by, :now)
