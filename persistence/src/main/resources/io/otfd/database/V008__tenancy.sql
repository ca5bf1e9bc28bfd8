-- What projects hand down to their workspaces, tags in three stores, and who may read a workspace's state.

-- NULL inherits from the organization.
ALTER TABLE project
    ADD COLUMN default_execution_mode         text,
    ADD COLUMN default_agent_pool_id          text REFERENCES agent_pool,
    ADD COLUMN auto_destroy_activity_duration text,
    ADD CONSTRAINT project_default_execution_mode_check CHECK (default_execution_mode IN ('remote', 'local', 'agent')),
    ADD CONSTRAINT project_default_agent_pool_check CHECK (
        (default_execution_mode IS NOT DISTINCT FROM 'agent') = (default_agent_pool_id IS NOT NULL));

CREATE INDEX project_default_agent_pool ON project (default_agent_pool_id) WHERE default_agent_pool_id IS NOT NULL;
CREATE INDEX project_organization_created ON project (organization_id, created_at DESC, id);
CREATE INDEX organization_default_agent_pool ON organization (default_agent_pool_id) WHERE default_agent_pool_id IS NOT NULL;

-- The pool that a workspace's runs go to: its own, its project's or its organization's. Each branch has an index of its own.
CREATE VIEW agent_pool_user AS
SELECT w.id AS workspace_id, w.project_id, w.name, w.agent_pool_id
FROM workspace w
WHERE w.agent_pool_id IS NOT NULL
UNION ALL
SELECT w.id, w.project_id, w.name, p.default_agent_pool_id
FROM workspace w
JOIN project p ON p.id = w.project_id
WHERE w.execution_mode IS NULL
  AND p.default_agent_pool_id IS NOT NULL
UNION ALL
SELECT w.id, w.project_id, w.name, o.default_agent_pool_id
FROM workspace w
JOIN project p ON p.id = w.project_id
JOIN organization o ON o.id = w.organization_id
WHERE w.execution_mode IS NULL
  AND p.default_execution_mode IS NULL
  AND o.default_agent_pool_id IS NOT NULL;

ALTER TABLE workspace ADD COLUMN inherits_project_auto_destroy boolean NOT NULL DEFAULT true;
ALTER TABLE workspace ALTER COLUMN inherits_project_auto_destroy DROP DEFAULT;

UPDATE workspace
SET inherits_project_auto_destroy = false
WHERE auto_destroy_at IS NOT NULL
   OR auto_destroy_activity_duration IS NOT NULL;

-- Bindings of a key to a value, '' for none. They belong to a project or to a workspace.
CREATE TABLE tag_binding (
    id           text PRIMARY KEY,
    position     bigint GENERATED ALWAYS AS IDENTITY,
    project_id   text REFERENCES project ON DELETE CASCADE,
    workspace_id text REFERENCES workspace ON DELETE CASCADE,
    key          text NOT NULL,
    value        text NOT NULL,
    created_at   timestamptz NOT NULL,
    CONSTRAINT tag_binding_key_key UNIQUE NULLS NOT DISTINCT (project_id, workspace_id, key),
    CONSTRAINT tag_binding_owner_check CHECK ((project_id IS NULL) <> (workspace_id IS NULL))
);

CREATE INDEX tag_binding_workspace ON tag_binding (workspace_id) WHERE workspace_id IS NOT NULL;

-- A workspace's own bindings and its project's, but for the keys that it has itself.
CREATE VIEW effective_tag_binding AS
SELECT b.workspace_id, b.id, b.position, b.key, b.value, b.created_at, CAST(NULL AS text) AS inherited_from
FROM tag_binding b
WHERE b.workspace_id IS NOT NULL
UNION ALL
SELECT w.id, b.id, b.position, b.key, b.value, b.created_at, b.project_id
FROM workspace w
JOIN tag_binding b ON b.project_id = w.project_id
WHERE NOT EXISTS (SELECT 1 FROM tag_binding own WHERE own.workspace_id = w.id AND own.key = b.key);

-- Flat tags are the organization's.
CREATE TABLE tag (
    id              text PRIMARY KEY,
    organization_id text NOT NULL REFERENCES organization ON DELETE CASCADE,
    name            text NOT NULL,
    created_at      timestamptz NOT NULL,
    CONSTRAINT tag_name_key UNIQUE (organization_id, name)
);

ALTER TABLE workspace_tag RENAME TO former_tag;
ALTER TABLE former_tag RENAME CONSTRAINT workspace_tag_workspace_id_fkey TO former_tag_workspace_id_fkey;

CREATE TABLE workspace_tag (
    workspace_id text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    tag_id       text NOT NULL REFERENCES tag ON DELETE CASCADE,
    position     bigint GENERATED ALWAYS AS IDENTITY,
    CONSTRAINT workspace_tag_key PRIMARY KEY (workspace_id, tag_id)
);

CREATE INDEX workspace_tag_tag ON workspace_tag (tag_id);

-- What had a value was a binding; what had none is taken for a flat tag.
INSERT INTO tag_binding (id, workspace_id, key, value, created_at)
SELECT f.id, f.workspace_id, f.key, f.value, f.created_at
FROM former_tag f
WHERE f.value <> ''
ORDER BY f.position;

INSERT INTO tag (id, organization_id, name, created_at)
SELECT 'tag-' || substr(md5(w.organization_id || lower(f.key)), 1, 16), w.organization_id, lower(f.key), min(f.created_at)
FROM former_tag f
JOIN workspace w ON w.id = f.workspace_id
WHERE f.value = ''
GROUP BY w.organization_id, lower(f.key);

INSERT INTO workspace_tag (workspace_id, tag_id)
SELECT f.workspace_id, t.id
FROM former_tag f
JOIN workspace w ON w.id = f.workspace_id
JOIN tag t ON t.organization_id = w.organization_id AND t.name = lower(f.key)
WHERE f.value = ''
GROUP BY f.workspace_id, t.id
ORDER BY min(f.position);

DROP TABLE former_tag;

-- Workspaces that may read the state of one that does not share with all.
CREATE TABLE remote_state_consumer (
    workspace_id text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    consumer_id  text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    position     bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (workspace_id, consumer_id),
    CONSTRAINT remote_state_consumer_check CHECK (workspace_id <> consumer_id)
);

CREATE INDEX remote_state_consumer_consumer ON remote_state_consumer (consumer_id);

-- A run keeps the pool that it went to, also when the pool is gone: its history stays readable.
ALTER TABLE run DROP CONSTRAINT run_agent_pool_id_fkey;

UPDATE run
SET execution_mode = 'remote'
WHERE execution_mode = 'agent'
  AND agent_pool_id IS NULL;
