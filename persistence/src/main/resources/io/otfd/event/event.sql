-- name: event.notify
SELECT pg_notify(:channel, :topic)
