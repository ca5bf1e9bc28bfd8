-- Policies in Rego, the sets that they are in, and where those apply.

CREATE TABLE policy (
    id                text PRIMARY KEY,
    organization_id   text NOT NULL REFERENCES organization ON DELETE CASCADE,
    name              text NOT NULL,
    description       text,
    -- What Open Policy Agent is asked: its answer is an array of what is wrong.
    query             text NOT NULL,
    enforcement_level text NOT NULL,
    -- Rego; NULL until it is uploaded.
    source            text,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    CONSTRAINT policy_name_key UNIQUE (organization_id, name),
    CONSTRAINT policy_enforcement_level_check CHECK (enforcement_level IN ('advisory', 'mandatory'))
);

CREATE TABLE policy_set (
    id                  text PRIMARY KEY,
    organization_id     text NOT NULL REFERENCES organization ON DELETE CASCADE,
    name                text NOT NULL,
    description         text,
    -- In every workspace of the organization that is not excluded.
    global              boolean NOT NULL,
    -- Somebody may let a run go on although a mandatory policy of the set has failed.
    overridable         boolean NOT NULL,
    -- Kept and shown: the server evaluates all sets itself, with the one program that it has.
    agent_enabled       boolean NOT NULL,
    policy_tool_version text NOT NULL,
    update_patterns     text[] NOT NULL,
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    CONSTRAINT policy_set_name_key UNIQUE (organization_id, name)
);

CREATE TABLE policy_set_policy (
    policy_set_id text NOT NULL REFERENCES policy_set ON DELETE CASCADE,
    policy_id     text NOT NULL REFERENCES policy ON DELETE CASCADE,
    position      bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (policy_set_id, policy_id)
);

CREATE INDEX policy_set_policy_policy ON policy_set_policy (policy_id);

CREATE TABLE policy_set_workspace (
    policy_set_id text NOT NULL REFERENCES policy_set ON DELETE CASCADE,
    workspace_id  text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    excluded      boolean NOT NULL,
    position      bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (policy_set_id, workspace_id, excluded)
);

CREATE INDEX policy_set_workspace_workspace ON policy_set_workspace (workspace_id);

CREATE TABLE policy_set_project (
    policy_set_id text NOT NULL REFERENCES policy_set ON DELETE CASCADE,
    project_id    text NOT NULL REFERENCES project ON DELETE CASCADE,
    excluded      boolean NOT NULL,
    position      bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (policy_set_id, project_id, excluded)
);

CREATE INDEX policy_set_project_project ON policy_set_project (project_id);

-- What is shown of a policy, without its source.
CREATE VIEW policy_detail AS
SELECT p.id, p.organization_id, o.name AS organization_name, p.name, p.description, p.query, p.enforcement_level,
       p.source IS NOT NULL AS uploaded, p.created_at, p.updated_at,
       ARRAY(SELECT m.policy_set_id FROM policy_set_policy m
             WHERE m.policy_id = p.id ORDER BY m.position) AS policy_set_ids
FROM policy p
JOIN organization o ON o.id = p.organization_id;

CREATE VIEW policy_set_detail AS
SELECT s.*, o.name AS organization_name,
       ARRAY(SELECT m.policy_id FROM policy_set_policy m WHERE m.policy_set_id = s.id ORDER BY m.position) AS policy_ids,
       ARRAY(SELECT a.workspace_id FROM policy_set_workspace a
             WHERE a.policy_set_id = s.id AND NOT a.excluded ORDER BY a.position) AS workspace_ids,
       ARRAY(SELECT a.workspace_id FROM policy_set_workspace a
             WHERE a.policy_set_id = s.id AND a.excluded ORDER BY a.position) AS excluded_workspace_ids,
       ARRAY(SELECT a.project_id FROM policy_set_project a
             WHERE a.policy_set_id = s.id AND NOT a.excluded ORDER BY a.position) AS project_ids,
       ARRAY(SELECT a.project_id FROM policy_set_project a
             WHERE a.policy_set_id = s.id AND a.excluded ORDER BY a.position) AS excluded_project_ids
FROM policy_set s
JOIN organization o ON o.id = s.organization_id;

-- Where each set applies. An exclusion beats whatever else says that it does.
CREATE VIEW applicable_policy_set AS
SELECT w.id AS workspace_id, s.id AS policy_set_id
FROM workspace w
JOIN policy_set s ON s.organization_id = w.organization_id
WHERE (s.global
       OR EXISTS (SELECT 1 FROM policy_set_workspace a
                  WHERE a.policy_set_id = s.id AND a.workspace_id = w.id AND NOT a.excluded)
       OR EXISTS (SELECT 1 FROM policy_set_project a
                  WHERE a.policy_set_id = s.id AND a.project_id = w.project_id AND NOT a.excluded))
  AND NOT EXISTS (SELECT 1 FROM policy_set_workspace a
                  WHERE a.policy_set_id = s.id AND a.workspace_id = w.id AND a.excluded)
  AND NOT EXISTS (SELECT 1 FROM policy_set_project a
                  WHERE a.policy_set_id = s.id AND a.project_id = w.project_id AND a.excluded);
