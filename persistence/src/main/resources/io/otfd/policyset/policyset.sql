-- name: policy_set.by_id
SELECT s.*
FROM policy_set_detail s
WHERE s.id = :id

-- name: policy_set.lock_row
SELECT id
FROM policy_set
WHERE id = :id
FOR UPDATE

-- name: policy_set.list
SELECT s.*
FROM policy_set_detail s
WHERE s.organization_id = :organization_id
  AND s.name ILIKE :pattern
ORDER BY s.name
LIMIT :limit OFFSET :offset

-- name: policy_set.count
SELECT count(*) AS count
FROM policy_set s
WHERE s.organization_id = :organization_id
  AND s.name ILIKE :pattern

-- name: policy_set.insert
INSERT INTO policy_set (id, organization_id, name, description, global, overridable, agent_enabled, policy_tool_version,
                        update_patterns, created_at, updated_at)
VALUES (:id, :organization_id, :name, :description, :global, :overridable, :agent_enabled, :policy_tool_version,
        CAST(:update_patterns AS text[]), :now, :now)

-- name: policy_set.update
UPDATE policy_set
SET name = :name,
    description = :description,
    global = :global,
    overridable = :overridable,
    agent_enabled = :agent_enabled,
    policy_tool_version = :policy_tool_version,
    update_patterns = CAST(:update_patterns AS text[]),
    updated_at = :now
WHERE id = :id

-- name: policy_set.touch
UPDATE policy_set
SET updated_at = :now
WHERE id = :id

-- name: policy_set.delete
DELETE FROM policy_set
WHERE id = :id

-- name: policy_set.unknown_policies
-- Ids of which there is no policy in the set's organization.
SELECT i.id
FROM unnest(CAST(:ids AS text[])) AS i (id)
WHERE NOT EXISTS (
    SELECT 1
    FROM policy m
    JOIN policy_set s ON s.organization_id = m.organization_id
    WHERE m.id = i.id
      AND s.id = :id)

-- name: policy_set.add_policies
INSERT INTO policy_set_policy (policy_set_id, policy_id)
SELECT :id, i.id
FROM unnest(CAST(:ids AS text[])) WITH ORDINALITY AS i (id, place)
ORDER BY i.place
ON CONFLICT DO NOTHING

-- name: policy_set.remove_policies
DELETE FROM policy_set_policy
WHERE policy_set_id = :id
  AND policy_id = ANY(CAST(:ids AS text[]))

-- name: policy_set.clear_policies
DELETE FROM policy_set_policy
WHERE policy_set_id = :id

-- name: policy_set.unknown_workspaces
-- Ids of which there is no workspace in the set's organization.
SELECT i.id
FROM unnest(CAST(:ids AS text[])) AS i (id)
WHERE NOT EXISTS (
    SELECT 1
    FROM workspace m
    JOIN policy_set s ON s.organization_id = m.organization_id
    WHERE m.id = i.id
      AND s.id = :id)

-- name: policy_set.add_workspaces
INSERT INTO policy_set_workspace (policy_set_id, workspace_id, excluded)
SELECT :id, i.id, :excluded
FROM unnest(CAST(:ids AS text[])) WITH ORDINALITY AS i (id, place)
ORDER BY i.place
ON CONFLICT DO NOTHING

-- name: policy_set.remove_workspaces
DELETE FROM policy_set_workspace
WHERE policy_set_id = :id
  AND workspace_id = ANY(CAST(:ids AS text[]))
  AND excluded = :excluded

-- name: policy_set.clear_workspaces
DELETE FROM policy_set_workspace
WHERE policy_set_id = :id
  AND excluded = :excluded

-- name: policy_set.unknown_projects
-- Ids of which there is no project in the set's organization.
SELECT i.id
FROM unnest(CAST(:ids AS text[])) AS i (id)
WHERE NOT EXISTS (
    SELECT 1
    FROM project m
    JOIN policy_set s ON s.organization_id = m.organization_id
    WHERE m.id = i.id
      AND s.id = :id)

-- name: policy_set.add_projects
INSERT INTO policy_set_project (policy_set_id, project_id, excluded)
SELECT :id, i.id, :excluded
FROM unnest(CAST(:ids AS text[])) WITH ORDINALITY AS i (id, place)
ORDER BY i.place
ON CONFLICT DO NOTHING

-- name: policy_set.remove_projects
DELETE FROM policy_set_project
WHERE policy_set_id = :id
  AND project_id = ANY(CAST(:ids AS text[]))
  AND excluded = :excluded

-- name: policy_set.clear_projects
DELETE FROM policy_set_project
WHERE policy_set_id = :id
  AND excluded = :excluded
