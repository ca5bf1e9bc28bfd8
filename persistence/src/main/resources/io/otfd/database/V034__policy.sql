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

-- Policies of a workspace are checked once there is a plan.
DO $$
DECLARE
    definition text := rtrim(pg_get_viewdef('workspace_check'), ';');
BEGIN
    EXECUTE 'CREATE OR REPLACE VIEW workspace_check AS ' || definition
        || ' UNION ALL SELECT a.workspace_id, ''post_plan''::text AS stage FROM applicable_policy_set a';
END
$$;

-- What the policies of a run have come to: one for its stage behind the plan.
CREATE TABLE policy_evaluation (
    id                  text PRIMARY KEY,
    task_stage_id       text NOT NULL REFERENCES task_stage ON DELETE CASCADE,
    status              text NOT NULL,
    -- {"running-at": "…"}: when each status was entered, under its wire name.
    status_timestamps   jsonb NOT NULL DEFAULT '{}',
    -- Of the program that has evaluated them; empty until then.
    policy_tool_version text NOT NULL DEFAULT '',
    -- Once failed: whether somebody may let the run go on.
    overridable         boolean NOT NULL DEFAULT false,
    -- When a server may take it: since it is queued, or after the one that has it has been silent for too long.
    due_at              timestamptz,
    -- How often it was taken: the fencing token of whoever has it.
    attempts            integer NOT NULL DEFAULT 0,
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    CONSTRAINT policy_evaluation_key UNIQUE (task_stage_id),
    CONSTRAINT policy_evaluation_due_check CHECK ((status IN ('queued', 'running')) = (due_at IS NOT NULL)),
    CONSTRAINT policy_evaluation_status_check CHECK (status IN (
        'pending', 'queued', 'running', 'passed', 'failed', 'errored', 'overridden', 'canceled', 'unreachable'))
);

CREATE INDEX policy_evaluation_due ON policy_evaluation (due_at) WHERE due_at IS NOT NULL;

-- What the policies of one set have said. Names stay readable when the set is gone.
CREATE TABLE policy_set_outcome (
    id                     text PRIMARY KEY,
    policy_evaluation_id   text NOT NULL REFERENCES policy_evaluation ON DELETE CASCADE,
    position               integer NOT NULL,
    policy_set_name        text NOT NULL,
    policy_set_description text,
    overridable            boolean NOT NULL,
    -- Why nothing of the set could be evaluated; empty when it could.
    error                  text NOT NULL,
    -- [{"policy_name": "…", "enforcement_level": "…", "query": "…", "status": "…", "description": "…", "output": [{"print": "…"}]}]
    outcomes               jsonb NOT NULL,
    CONSTRAINT policy_set_outcome_key UNIQUE (policy_evaluation_id, position)
);
