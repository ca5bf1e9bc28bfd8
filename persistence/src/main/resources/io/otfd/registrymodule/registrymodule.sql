-- name: registry_module.by_id
SELECT m.*, o.name AS organization_name
FROM registry_module m
JOIN organization o ON o.id = m.organization_id
WHERE m.id = :id

-- name: registry_module.by_address
SELECT m.*, o.name AS organization_name
FROM registry_module m
JOIN organization o ON o.id = m.organization_id
WHERE m.organization_id = :organization_id
  AND m.public_namespace IS NOT DISTINCT FROM CAST(:public_namespace AS text)
  AND m.name = :name
  AND m.provider = :provider

-- name: registry_module.list
SELECT m.*, o.name AS organization_name
FROM registry_module m
JOIN organization o ON o.id = m.organization_id
WHERE m.organization_id = :organization_id
  AND (m.name ILIKE :search OR m.provider ILIKE :search OR coalesce(m.public_namespace, o.name) ILIKE :search)
  AND m.provider = coalesce(CAST(:provider AS text), m.provider)
  AND m.name = coalesce(CAST(:name AS text), m.name)
  AND (m.public_namespace IS NOT NULL) = coalesce(CAST(:public AS boolean), m.public_namespace IS NOT NULL)
ORDER BY m.name, m.provider, m.public_namespace NULLS FIRST
LIMIT :limit OFFSET :offset

-- name: registry_module.count
SELECT count(*) AS count
FROM registry_module m
JOIN organization o ON o.id = m.organization_id
WHERE m.organization_id = :organization_id
  AND (m.name ILIKE :search OR m.provider ILIKE :search OR coalesce(m.public_namespace, o.name) ILIKE :search)
  AND m.provider = coalesce(CAST(:provider AS text), m.provider)
  AND m.name = coalesce(CAST(:name AS text), m.name)
  AND (m.public_namespace IS NOT NULL) = coalesce(CAST(:public AS boolean), m.public_namespace IS NOT NULL)

-- name: registry_module.insert
INSERT INTO registry_module (id, organization_id, public_namespace, name, provider, no_code, created_at, updated_at)
VALUES (:id, :organization_id, :public_namespace, :name, :provider, :no_code, :now, :now)

-- name: registry_module.update
UPDATE registry_module
SET no_code = :no_code,
    updated_at = :now
WHERE id = :id

-- name: registry_module.lock
-- Deletions of a module's last two versions come one after the other, so that one of them sees that it was the last.
SELECT id
FROM registry_module
WHERE id = :id
FOR UPDATE

-- name: registry_module.delete
DELETE FROM registry_module
WHERE id = :id

-- name: registry_module.delete_named
-- All providers, or one; of the public registry's entries, of our own, or of both.
DELETE FROM registry_module
WHERE organization_id = :organization_id
  AND name = :name
  AND provider = coalesce(CAST(:provider AS text), provider)
  AND (CAST(:both AS boolean) OR public_namespace IS NOT DISTINCT FROM CAST(:public_namespace AS text))

-- name: registry_module_version.of_modules
SELECT id, registry_module_id, version, commit_sha, source, status, error, created_at, updated_at
FROM registry_module_version
WHERE registry_module_id = ANY(CAST(:ids AS text[]))

-- name: registry_module_version.by_id
SELECT id, registry_module_id, version, commit_sha, source, status, error, created_at, updated_at
FROM registry_module_version
WHERE id = :id

-- name: registry_module_version.lock
-- Two uploads to one URL come one after the other.
SELECT id, registry_module_id, version, commit_sha, source, status, error, created_at, updated_at
FROM registry_module_version
WHERE id = :id
FOR UPDATE

-- name: registry_module_version.is_published
SELECT 1 AS found
FROM registry_module_version
WHERE id = :id
  AND status = 'ok'

-- name: registry_module_version.readme
SELECT readme
FROM registry_module_version
WHERE id = :id
  AND readme IS NOT NULL

-- name: registry_module_version.insert
INSERT INTO registry_module_version (id, registry_module_id, version, commit_sha, source, status, created_at, updated_at)
VALUES (:id, :registry_module_id, :version, :commit_sha, :source, 'pending', :now, :now)

-- name: registry_module_version.publish
UPDATE registry_module_version
SET status = 'ok',
    error = NULL,
    readme = :readme,
    updated_at = :now
WHERE id = :id

-- name: registry_module_version.refuse
-- What is published stays.
UPDATE registry_module_version
SET status = 'reg_ingress_failed',
    error = :error,
    updated_at = :now
WHERE id = :id
  AND status <> 'ok'

-- name: registry_module_version.delete
DELETE FROM registry_module_version
WHERE id = :id
