-- name: variable_set.by_id
SELECT s.*
FROM variable_set_detail s
WHERE s.id = :id

-- name: variable_set.lock_row
SELECT id
FROM variable_set
WHERE id = :id
FOR UPDATE

-- name: variable_set.by_ids
SELECT s.*
FROM variable_set_detail s
WHERE s.id = ANY(CAST(:ids AS text[]))
ORDER BY s.name, s.id

-- name: variable_set.find
-- Of an organization, of one of its projects (applied to it or global), or all that count in a workspace: the ids of one page, and
-- how many there are.
WITH matching AS (
    SELECT s.id, s.name
    FROM variable_set s
    WHERE s.organization_id = :organization_id
      AND s.name ILIKE :pattern
      AND (CAST(:global AS text) IS NULL OR s.global = (CAST(:global AS text) = 'true'))
      AND (CAST(:project_id AS text) IS NULL OR s.global OR EXISTS (
          SELECT 1 FROM variable_set_project a WHERE a.variable_set_id = s.id AND a.project_id = CAST(:project_id AS text)))
      AND (CAST(:workspace_id AS text) IS NULL OR EXISTS (
          SELECT 1 FROM applicable_variable_set a
          WHERE a.variable_set_id = s.id AND a.workspace_id = CAST(:workspace_id AS text)))
)
SELECT (SELECT count(*) FROM matching) AS total,
       ARRAY(SELECT m.id FROM matching m ORDER BY m.name, m.id LIMIT :limit OFFSET :offset) AS ids

-- name: variable_set.insert
INSERT INTO variable_set (id, organization_id, project_id, name, description, global, priority, created_at, updated_at)
VALUES (:id, :organization_id, :project_id, :name, :description, :global, :priority, :now, :now)

-- name: variable_set.update
UPDATE variable_set
SET name = :name,
    description = :description,
    global = :global,
    priority = :priority,
    updated_at = :now
WHERE id = :id

-- name: variable_set.touch
UPDATE variable_set
SET updated_at = now()
WHERE id = :id

-- name: variable_set.delete
DELETE FROM variable_set
WHERE id = :id

-- name: variable_set.unknown_workspaces
-- Ids of which there is no workspace in the set's organization or, for a set of a project, in that project.
SELECT i.id
FROM unnest(CAST(:ids AS text[])) AS i (id)
WHERE NOT EXISTS (
    SELECT 1
    FROM workspace w
    JOIN variable_set s ON s.organization_id = w.organization_id
    WHERE w.id = i.id
      AND s.id = :id
      AND (s.project_id IS NULL OR s.project_id = w.project_id))

-- name: variable_set.unknown_projects
SELECT i.id
FROM unnest(CAST(:ids AS text[])) AS i (id)
WHERE NOT EXISTS (
    SELECT 1
    FROM project p
    JOIN variable_set s ON s.organization_id = p.organization_id
    WHERE p.id = i.id
      AND s.id = :id
      AND (s.project_id IS NULL OR s.project_id = p.id))

-- name: variable_set.add_workspaces
INSERT INTO variable_set_workspace (variable_set_id, workspace_id)
SELECT :id, i.id
FROM unnest(CAST(:ids AS text[])) WITH ORDINALITY AS i (id, place)
ORDER BY i.place
ON CONFLICT DO NOTHING

-- name: variable_set.add_projects
INSERT INTO variable_set_project (variable_set_id, project_id)
SELECT :id, i.id
FROM unnest(CAST(:ids AS text[])) WITH ORDINALITY AS i (id, place)
ORDER BY i.place
ON CONFLICT DO NOTHING

-- name: variable_set.remove_workspaces
DELETE FROM variable_set_workspace
WHERE variable_set_id = :id
  AND workspace_id = ANY(CAST(:ids AS text[]))

-- name: variable_set.remove_projects
DELETE FROM variable_set_project
WHERE variable_set_id = :id
  AND project_id = ANY(CAST(:ids AS text[]))

-- name: variable_set.clear_workspaces
DELETE FROM variable_set_workspace
WHERE variable_set_id = :id

-- name: variable_set.clear_projects
DELETE FROM variable_set_project
WHERE variable_set_id = :id
