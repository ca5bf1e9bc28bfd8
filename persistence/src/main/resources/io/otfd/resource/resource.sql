-- name: resource.list
SELECT r.*
FROM workspace_resource r
WHERE r.workspace_id = :workspace_id
ORDER BY r.address COLLATE "C"
LIMIT :limit OFFSET :offset

-- name: resource.count
SELECT count(*) AS count
FROM workspace_resource
WHERE workspace_id = :workspace_id

-- name: resource.delete_others
-- What the new state lacks. The newest instances are given as a JSON array.
DELETE FROM workspace_resource r
WHERE r.workspace_id = :workspace_id
  AND NOT EXISTS (
      SELECT 1
      FROM jsonb_array_elements(CAST(:instances AS jsonb)) AS i
      WHERE i ->> 'address' = r.address)

-- name: resource.upsert
-- One that has not changed keeps its times.
INSERT INTO workspace_resource (id, workspace_id, address, name, module, provider, provider_type, name_index, digest,
                                created_at, updated_at, state_version_id)
SELECT 'wsr-' || substr(md5(:workspace_id || (i ->> 'address') || :state_version_id), 1, 16), :workspace_id, i ->> 'address',
       i ->> 'name', i ->> 'module', i ->> 'provider', i ->> 'type', i ->> 'index', i ->> 'digest', :now, :now,
       :state_version_id
FROM jsonb_array_elements(CAST(:instances AS jsonb)) AS i
ON CONFLICT ON CONSTRAINT workspace_resource_key DO UPDATE
SET provider = excluded.provider,
    digest = excluded.digest,
    updated_at = excluded.updated_at,
    state_version_id = excluded.state_version_id
WHERE workspace_resource.digest <> excluded.digest
