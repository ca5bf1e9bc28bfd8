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
