-- name: variable.by_id
SELECT *
FROM variable
WHERE id = :id
  AND :owner_id IN (workspace_id, variable_set_id)

-- name: variable.list
SELECT *
FROM variable
WHERE workspace_id = CAST(:workspace_id AS text)
   OR variable_set_id = CAST(:variable_set_id AS text)
ORDER BY created_at, id

-- name: variable.effective
-- Of each key and category the strongest. Among priority sets the widest scope wins, among others the narrowest; the
-- organization's beat a project's among priority sets and yield to them elsewhere; then the name that is first.
SELECT DISTINCT ON (c.category, c.key) c.*
FROM (
    SELECT v.*, false AS priority, 0 AS strength, '' AS set_name
    FROM variable v
    WHERE v.workspace_id = :workspace_id
    UNION ALL
    SELECT v.*, s.priority,
           CASE WHEN s.priority THEN -2 * a.scope + CAST(s.project_id IS NOT NULL AS integer) - 10
                ELSE 2 * a.scope + CAST(s.project_id IS NULL AS integer) END,
           s.name
    FROM applicable_variable_set a
    JOIN variable_set s ON s.id = a.variable_set_id
    JOIN variable v ON v.variable_set_id = s.id
    WHERE a.workspace_id = :workspace_id) c
ORDER BY c.category, c.key, c.strength, c.set_name COLLATE "C", c.id

-- name: variable.inherited
SELECT v.*, s.name AS set_name, s.priority
FROM applicable_variable_set a
JOIN variable_set s ON s.id = a.variable_set_id
JOIN variable v ON v.variable_set_id = s.id
WHERE a.workspace_id = :workspace_id
ORDER BY v.key COLLATE "C", v.category, s.name COLLATE "C", v.id

-- name: variable.insert
INSERT INTO variable (id, workspace_id, variable_set_id, key, value, category, hcl, sensitive, description, version_id,
                      created_at)
VALUES (:id, :workspace_id, :variable_set_id, :key, :value, :category, :hcl, :sensitive, :description, :version_id,
        :created_at)

-- name: variable.update
UPDATE variable
SET key = :key,
    value = :value,
    category = :category,
    hcl = :hcl,
    sensitive = :sensitive,
    description = :description,
    version_id = :version_id,
    created_at = :created_at
WHERE id = :id
  AND coalesce(workspace_id, variable_set_id) = coalesce(CAST(:workspace_id AS text), CAST(:variable_set_id AS text))

-- name: variable.delete
DELETE FROM variable
WHERE id = :id
