-- name: log.lock
-- Appends to one log come one after the other.
SELECT log_size, log_ended
FROM phase
WHERE id = :phase_id
FOR UPDATE

-- name: log.begin
-- The first byte, once. Nobody waits for it, so nobody is told.
WITH begun AS (
    UPDATE phase
    SET log_size = 1
    WHERE id = :phase_id
      AND log_size = 0
    RETURNING id)
INSERT INTO log_chunk (phase_id, position, data)
SELECT id, 0, :data
FROM begun

-- name: log.heard
-- Whoever sends a piece of log lives and has the job, and its engine has started. Not written for every piece.
WITH heard AS (
    UPDATE job j
    SET started = true,
        acknowledged = true,
        missed = false,
        heard_at = now()
    FROM phase f
    WHERE f.id = :phase_id
      AND j.run_id = f.run_id
      AND j.kind = f.kind
      AND j.status = 'claimed'
      AND j.attempts = :attempt
      AND (NOT j.started OR j.heard_at IS NULL OR j.heard_at < now() - interval '5 seconds')
    RETURNING j.agent_id)
UPDATE agent a
SET last_ping_at = now(),
    status = CASE a.status WHEN 'unknown' THEN 'busy' ELSE a.status END
FROM heard
WHERE a.id = heard.agent_id
  AND a.status NOT IN ('errored', 'exited')

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
