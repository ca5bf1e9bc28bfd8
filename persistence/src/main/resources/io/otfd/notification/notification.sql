-- name: notification.by_id
SELECT c.*
FROM notification_configuration_detail c
WHERE c.id = :id

-- name: notification.lock_row
SELECT id
FROM notification_configuration
WHERE id = :id
FOR UPDATE

-- name: notification.list
SELECT c.*
FROM notification_configuration_detail c
WHERE c.workspace_id = :subscribable_id OR c.project_id = :subscribable_id OR c.team_id = :subscribable_id
ORDER BY c.created_at, c.id
LIMIT :limit OFFSET :offset

-- name: notification.count
SELECT count(*) AS count
FROM notification_configuration c
WHERE c.workspace_id = :subscribable_id OR c.project_id = :subscribable_id OR c.team_id = :subscribable_id

-- name: notification.insert
INSERT INTO notification_configuration (id, workspace_id, project_id, team_id, name, destination_type, enabled, triggers, url, token,
                                        email_addresses, created_at, updated_at)
VALUES (:id, :workspace_id, :project_id, :team_id, :name, :destination_type, :enabled, CAST(:triggers AS text[]), :url, :token,
        CAST(:email_addresses AS text[]), :now, :now)

-- name: notification.update
UPDATE notification_configuration
SET name = :name,
    enabled = :enabled,
    triggers = CAST(:triggers AS text[]),
    url = :url,
    token = :token,
    email_addresses = CAST(:email_addresses AS text[]),
    updated_at = :now
WHERE id = :id

-- name: notification.clear_users
DELETE FROM notification_user
WHERE configuration_id = :id

-- name: notification.add_users
INSERT INTO notification_user (configuration_id, user_id)
SELECT :id, i.id
FROM unnest(CAST(:user_ids AS text[])) WITH ORDINALITY AS i (id, place)
ORDER BY i.place

-- name: notification.not_members
-- Ids of users who are in no team of the organization that the configuration is in.
SELECT i.id
FROM unnest(CAST(:user_ids AS text[])) AS i (id)
WHERE NOT EXISTS (
    SELECT 1
    FROM team_member m
    JOIN team t ON t.id = m.team_id
    WHERE m.user_id = i.id
      AND t.organization_id = (
          SELECT w.organization_id FROM workspace w WHERE w.id = :subscribable_id
          UNION ALL
          SELECT p.organization_id FROM project p WHERE p.id = :subscribable_id
          UNION ALL
          SELECT s.organization_id FROM team s WHERE s.id = :subscribable_id))

-- name: notification.delete
DELETE FROM notification_configuration
WHERE id = :id

-- name: notification.responses
-- The last attempts, newest first.
SELECT d.*
FROM unnest(CAST(:ids AS text[])) AS i (id)
CROSS JOIN LATERAL (
    SELECT r.configuration_id, r.sent_at, r.status, r.response_code, r.response_headers, r.response_body, r.error
    FROM notification_delivery r
    WHERE r.configuration_id = i.id
      AND r.sent_at IS NOT NULL
    ORDER BY r.id DESC
    LIMIT :limit) d

-- name: notification.deliveries
SELECT id, trigger, message, run_id, status, attempts, due_at, created_at, sent_at, response_code, response_body, error
FROM notification_delivery
WHERE configuration_id = :id
ORDER BY id DESC
LIMIT :limit OFFSET :offset

-- name: notification.count_deliveries
SELECT count(*) AS count
FROM notification_delivery
WHERE configuration_id = :id

-- name: notification.enqueue
-- For those who want to hear of it, in the workspace and in its project.
INSERT INTO notification_delivery (configuration_id, trigger, message, run_id, run_status, run_updated_at, run_updated_by, status)
SELECT c.id, CAST(:trigger AS text), :message, :run_id, :run_status, CAST(:now AS timestamptz), CAST(:user_id AS text), 'pending'
FROM notification_configuration c
WHERE (c.workspace_id = :workspace_id OR c.project_id = :project_id)
  AND c.enabled
  AND CAST(:trigger AS text) = ANY(c.triggers)

-- name: notification.insert_verification
INSERT INTO notification_delivery (configuration_id, trigger, message, status, attempts, sent_at, response_code, response_headers,
                                   response_body, error)
VALUES (:id, :trigger, :message, :status, 1, now(), CAST(:code AS integer), CAST(:headers AS jsonb), :body, CAST(:error AS text))

-- name: notification.withdraw
-- What a configuration that was disabled has not told yet.
UPDATE notification_delivery
SET status = 'failed',
    error = 'The notification was disabled before this was sent.'
WHERE configuration_id = :id
  AND status = 'pending'

-- name: notification.claim
-- A destination hears of a run in order. Whoever claims has :lease seconds; when it dies meanwhile, another sends once more.
WITH due AS (
    SELECT d.id
    FROM notification_delivery d
    WHERE d.status = 'pending'
      AND d.due_at <= now()
      AND NOT EXISTS (
          SELECT 1
          FROM notification_delivery e
          WHERE e.configuration_id = d.configuration_id AND e.run_id = d.run_id AND e.status = 'pending' AND e.id < d.id)
    ORDER BY d.due_at
    LIMIT :limit
    FOR UPDATE OF d SKIP LOCKED)
UPDATE notification_delivery d
SET attempts = d.attempts + 1,
    due_at = now() + make_interval(secs => CAST(:lease AS double precision))
FROM due
WHERE d.id = due.id
RETURNING d.id

-- name: notification.to_send
SELECT d.id, d.attempts, d.trigger, d.message, d.run_status, d.run_updated_at, ub.username AS run_updated_by,
       c.id AS configuration_id, c.name AS configuration_name, c.destination_type, c.url, c.token, c.email_addresses,
       ARRAY(SELECT u.email FROM notification_user n JOIN users u ON u.id = n.user_id
             WHERE n.configuration_id = c.id ORDER BY n.place) AS user_emails,
       r.id AS run_id, r.message AS run_message, r.created_at AS run_created_at, rb.username AS run_created_by,
       w.id AS workspace_id, w.name AS workspace_name, o.name AS organization_name
FROM notification_delivery d
JOIN notification_configuration c ON c.id = d.configuration_id
JOIN run r ON r.id = d.run_id
JOIN workspace w ON w.id = r.workspace_id
JOIN organization o ON o.id = w.organization_id
LEFT JOIN users rb ON rb.id = r.created_by
LEFT JOIN users ub ON ub.id = d.run_updated_by
WHERE d.id = ANY(CAST(CAST(:ids AS text[]) AS bigint[]))
ORDER BY d.id

-- name: notification.user_emails
SELECT u.email
FROM unnest(CAST(:user_ids AS text[])) WITH ORDINALITY AS i (id, place)
JOIN users u ON u.id = i.id
ORDER BY i.place

-- name: notification.next_due
SELECT CAST(ceil(EXTRACT(EPOCH FROM min(due_at) - now()) * 1000) AS bigint) AS millis
FROM notification_delivery
WHERE status = 'pending'

-- name: notification.record
-- How an attempt went: :again seconds until the next one, where there is one. An attempt that was given up meanwhile has no say.
UPDATE notification_delivery
SET status = :status,
    due_at = now() + make_interval(secs => CAST(:again AS double precision)),
    sent_at = now(),
    response_code = CAST(:code AS integer),
    response_headers = CAST(:headers AS jsonb),
    response_body = :body,
    error = CAST(:error AS text)
WHERE id = :id
  AND attempts = :attempt
  AND status = 'pending'

-- name: notification.prune
DELETE FROM notification_delivery
WHERE id IN (
    SELECT id
    FROM notification_delivery
    WHERE status <> 'pending'
      AND created_at < now() - make_interval(secs => CAST(:seconds AS double precision))
    LIMIT :limit)
