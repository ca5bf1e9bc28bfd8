-- name: policy.by_id
SELECT p.*
FROM policy_detail p
WHERE p.id = :id

-- name: policy.lock_row
SELECT id
FROM policy
WHERE id = :id
FOR UPDATE

-- name: policy.by_ids
SELECT p.*
FROM policy_detail p
WHERE p.organization_id = :organization_id
  AND p.id = ANY(CAST(:ids AS text[]))
ORDER BY p.name

-- name: policy.list
SELECT p.*
FROM policy_detail p
WHERE p.organization_id = :organization_id
  AND p.name ILIKE :pattern
ORDER BY p.name
LIMIT :limit OFFSET :offset

-- name: policy.count
SELECT count(*) AS count
FROM policy p
WHERE p.organization_id = :organization_id
  AND p.name ILIKE :pattern

-- name: policy.insert
INSERT INTO policy (id, organization_id, name, description, query, enforcement_level, created_at, updated_at)
VALUES (:id, :organization_id, :name, :description, :query, :enforcement_level, :now, :now)

-- name: policy.update
UPDATE policy
SET description = :description,
    query = :query,
    enforcement_level = :enforcement_level,
    updated_at = :now
WHERE id = :id

-- name: policy.upload
UPDATE policy
SET source = :source,
    updated_at = :now
WHERE id = :id

-- name: policy.source
SELECT source
FROM policy
WHERE id = :id

-- name: policy.unknown_sets
-- Ids of which there is no policy set in the policy's organization.
SELECT i.id
FROM unnest(CAST(:ids AS text[])) AS i (id)
WHERE NOT EXISTS (
    SELECT 1
    FROM policy_set s
    JOIN policy p ON p.organization_id = s.organization_id
    WHERE s.id = i.id
      AND p.id = :id)

-- name: policy.add_to_sets
INSERT INTO policy_set_policy (policy_set_id, policy_id)
SELECT i.id, :id
FROM unnest(CAST(:ids AS text[])) WITH ORDINALITY AS i (id, place)
ORDER BY i.place
ON CONFLICT DO NOTHING

-- name: policy.delete
DELETE FROM policy
WHERE id = :id
