-- name: event.notify
SELECT pg_notify(:channel, :topic)

-- name: event.alive
SELECT 1 AS alive
