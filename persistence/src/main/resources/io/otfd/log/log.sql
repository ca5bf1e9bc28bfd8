-- name: log.lock
-- Appends to one log come one after the other.
SELECT log_size, log_ended
FROM phase
WHERE id = :phase_id
FOR UPDATE

-- name: log.insert
INSERT INTO log_chunk (phase_id, position, data)
VALUES (:phase_id, :position, :data)

-- name: log.grow
UPDATE phase
SET log_size = :size
WHERE id = :phase_id

-- name: log.ended
UPDATE phase
SET log_ended = true
WHERE id = :phase_id

-- name: log.read
-- The chunk that holds the first byte, and those after it. The primary key finds both ends.
SELECT position, data
FROM log_chunk
WHERE phase_id = :phase_id
  AND position < :to
  AND position >= COALESCE((
        SELECT max(c.position) FROM log_chunk c WHERE c.phase_id = :phase_id AND c.position <= :from), 0)
ORDER BY position
