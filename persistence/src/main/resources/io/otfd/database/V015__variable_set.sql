-- Sets of variables, owned by an organization or one of its projects, and where they apply.

CREATE TABLE variable_set (
    id              text PRIMARY KEY,
    organization_id text NOT NULL REFERENCES organization ON DELETE CASCADE,
    -- NULL: the organization owns it.
    project_id      text REFERENCES project ON DELETE CASCADE,
    name            text NOT NULL,
    description     text,
    -- In every workspace of the organization.
    global          boolean NOT NULL,
    -- Its values beat those of workspaces and of the command line.
    priority        boolean NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    CONSTRAINT variable_set_name_key UNIQUE NULLS NOT DISTINCT (organization_id, project_id, name),
    CONSTRAINT variable_set_global_check CHECK (NOT global OR project_id IS NULL)
);

CREATE INDEX variable_set_project_owner ON variable_set (project_id) WHERE project_id IS NOT NULL;

CREATE TABLE variable_set_workspace (
    variable_set_id text NOT NULL REFERENCES variable_set ON DELETE CASCADE,
    workspace_id    text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    position        bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (variable_set_id, workspace_id)
);

CREATE INDEX variable_set_workspace_workspace ON variable_set_workspace (workspace_id);

CREATE TABLE variable_set_project (
    variable_set_id text NOT NULL REFERENCES variable_set ON DELETE CASCADE,
    project_id      text NOT NULL REFERENCES project ON DELETE CASCADE,
    position        bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (variable_set_id, project_id)
);

CREATE INDEX variable_set_project_project ON variable_set_project (project_id);

ALTER TABLE variable
    ADD COLUMN variable_set_id text REFERENCES variable_set ON DELETE CASCADE,
    ALTER COLUMN workspace_id DROP NOT NULL,
    DROP CONSTRAINT variable_key_key,
    ADD CONSTRAINT variable_key_key UNIQUE NULLS NOT DISTINCT (workspace_id, variable_set_id, category, key),
    ADD CONSTRAINT variable_owner_check CHECK ((workspace_id IS NULL) <> (variable_set_id IS NULL));

CREATE INDEX variable_variable_set ON variable (variable_set_id) WHERE variable_set_id IS NOT NULL;

-- Where each set applies, and how near: 1 to the workspace itself, 2 to its project, 3 to the whole organization. A project's
-- set stays with that project's workspaces, also when one of them moves away.
CREATE VIEW applicable_variable_set AS
SELECT w.id AS workspace_id, s.id AS variable_set_id, 3 AS scope
FROM workspace w
JOIN variable_set s ON s.organization_id = w.organization_id
WHERE s.global
UNION ALL
SELECT w.id, s.id, 2
FROM workspace w
JOIN variable_set_project a ON a.project_id = w.project_id
JOIN variable_set s ON s.id = a.variable_set_id
WHERE NOT s.global
UNION ALL
SELECT w.id, s.id, 1
FROM workspace w
JOIN variable_set_workspace a ON a.workspace_id = w.id
JOIN variable_set s ON s.id = a.variable_set_id
WHERE NOT s.global
  AND (s.project_id IS NULL OR s.project_id = w.project_id);
