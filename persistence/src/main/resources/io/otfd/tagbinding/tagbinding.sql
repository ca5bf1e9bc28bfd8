-- name: tag_binding.list
SELECT b.*
FROM tag_binding b
WHERE b.project_id IS NOT DISTINCT FROM CAST(:project_id AS text)
  AND b.workspace_id IS NOT DISTINCT FROM CAST(:workspace_id AS text)
  AND b.registry_module_id IS NOT DISTINCT FROM CAST(:registry_module_id AS text)
ORDER BY b.position

-- name: tag_binding.of_projects
SELECT b.*
FROM tag_binding b
WHERE b.project_id = ANY(CAST(:project_ids AS text[]))
ORDER BY b.position

-- name: tag_binding.effective
SELECT e.*
FROM effective_tag_binding e
WHERE e.workspace_id = ANY(CAST(:workspace_ids AS text[]))
ORDER BY e.inherited_from NULLS FIRST, e.position

-- name: tag_binding.upsert
INSERT INTO tag_binding (id, project_id, workspace_id, registry_module_id, key, value, created_at)
VALUES (:id, :project_id, :workspace_id, :registry_module_id, :key, :value, :now)
ON CONFLICT ON CONSTRAINT tag_binding_key_key DO UPDATE SET value = EXCLUDED.value

-- name: tag_binding.delete_others
DELETE FROM tag_binding
WHERE project_id IS NOT DISTINCT FROM CAST(:project_id AS text)
  AND workspace_id IS NOT DISTINCT FROM CAST(:workspace_id AS text)
  AND registry_module_id IS NOT DISTINCT FROM CAST(:registry_module_id AS text)
  AND key <> ALL(CAST(:keys AS text[]))
