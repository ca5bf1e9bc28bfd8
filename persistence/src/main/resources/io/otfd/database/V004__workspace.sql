-- Workspaces with their variables, configurations and states.

CREATE TABLE workspace (
    id                            text PRIMARY KEY,
    organization_id               text NOT NULL REFERENCES organization ON DELETE CASCADE,
    project_id                    text NOT NULL REFERENCES project,
    name                          text NOT NULL,
    description                   text,
    created_at                    timestamptz NOT NULL,
    updated_at                    timestamptz NOT NULL,
    latest_change_at              timestamptz NOT NULL,
    -- NULL inherits from the organization.
    execution_mode                text,
    agent_pool_id                 text REFERENCES agent_pool,
    allow_destroy_plan            boolean NOT NULL,
    assessments_enabled           boolean NOT NULL,
    auto_apply                    boolean NOT NULL,
    auto_apply_run_trigger        boolean NOT NULL,
    auto_destroy_at               timestamptz,
    auto_destroy_activity_duration text,
    file_triggers_enabled         boolean NOT NULL,
    global_remote_state           boolean NOT NULL,
    project_remote_state          boolean NOT NULL,
    queue_all_runs                boolean NOT NULL,
    source                        text NOT NULL,
    source_name                   text,
    source_url                    text,
    speculative_enabled           boolean NOT NULL,
    structured_run_output_enabled boolean NOT NULL,
    terraform_version             text NOT NULL,
    trigger_patterns              text[] NOT NULL,
    trigger_prefixes              text[] NOT NULL,
    working_directory             text,
    -- At most one of the two holds the lock.
    lock_user_id                  text REFERENCES users,
    lock_run_id                   text,
    lock_reason                   text,
    current_run_id                text,
    current_state_version_id      text,
    current_configuration_version_id text,
    resource_count                integer NOT NULL DEFAULT 0,
    CONSTRAINT workspace_name_key UNIQUE (organization_id, name),
    CONSTRAINT workspace_execution_mode_check CHECK (execution_mode IN ('remote', 'local', 'agent')),
    CONSTRAINT workspace_agent_pool_check CHECK ((execution_mode IS NOT DISTINCT FROM 'agent') = (agent_pool_id IS NOT NULL)),
    CONSTRAINT workspace_lock_check CHECK (lock_user_id IS NULL OR lock_run_id IS NULL),
    CONSTRAINT workspace_remote_state_check CHECK (NOT (global_remote_state AND project_remote_state))
);

CREATE INDEX workspace_organization_created ON workspace (organization_id, created_at, id);
CREATE INDEX workspace_agent_pool ON workspace (agent_pool_id) WHERE agent_pool_id IS NOT NULL;
CREATE INDEX workspace_project ON workspace (project_id);

CREATE TABLE agent_pool_workspace (
    agent_pool_id text NOT NULL REFERENCES agent_pool ON DELETE CASCADE,
    workspace_id  text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    -- An excluded workspace may not use the pool, whatever else allows it.
    excluded      boolean NOT NULL,
    position      integer NOT NULL,
    PRIMARY KEY (agent_pool_id, workspace_id, excluded)
);

CREATE TABLE agent_pool_project (
    agent_pool_id text NOT NULL REFERENCES agent_pool ON DELETE CASCADE,
    project_id    text NOT NULL REFERENCES project ON DELETE CASCADE,
    position      integer NOT NULL,
    PRIMARY KEY (agent_pool_id, project_id)
);

CREATE TABLE workspace_tag (
    workspace_id text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    position     bigint GENERATED ALWAYS AS IDENTITY,
    key          text NOT NULL,
    -- '' is a tag without a value.
    value        text NOT NULL DEFAULT '',
    id           text NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, key)
);

CREATE TABLE variable (
    id           text PRIMARY KEY,
    workspace_id text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    key          text NOT NULL,
    value        text NOT NULL,
    category     text NOT NULL,
    hcl          boolean NOT NULL,
    sensitive    boolean NOT NULL,
    description  text,
    version_id   text NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT variable_key_key UNIQUE (workspace_id, category, key),
    CONSTRAINT variable_category_check CHECK (category IN ('terraform', 'env'))
);

-- Bytes of any size: configurations, states, plans. Written whole in one transaction, so that half of one is never seen.
CREATE TABLE blob (
    key          text PRIMARY KEY,
    workspace_id text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    size         bigint NOT NULL,
    md5          text NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX blob_workspace ON blob (workspace_id);

CREATE TABLE blob_chunk (
    key      text NOT NULL REFERENCES blob ON DELETE CASCADE,
    sequence integer NOT NULL,
    data     bytea NOT NULL,
    PRIMARY KEY (key, sequence)
);

-- Archives and states are compressed or random already.
ALTER TABLE blob_chunk ALTER COLUMN data SET STORAGE EXTERNAL;

CREATE TABLE configuration_version (
    id              text PRIMARY KEY,
    workspace_id    text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    status          text NOT NULL,
    source          text NOT NULL,
    auto_queue_runs boolean NOT NULL,
    speculative     boolean NOT NULL,
    provisional     boolean NOT NULL,
    created_at      timestamptz NOT NULL,
    uploaded_at     timestamptz,
    CONSTRAINT configuration_version_status_check CHECK (status IN ('pending', 'uploaded', 'errored', 'archived')),
    CONSTRAINT configuration_version_uploaded_check CHECK ((status = 'uploaded') <= (uploaded_at IS NOT NULL))
);

CREATE INDEX configuration_version_workspace ON configuration_version (workspace_id, created_at DESC);

CREATE TABLE state_version (
    id                text PRIMARY KEY,
    workspace_id      text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    run_id            text,
    created_by        text REFERENCES users,
    status            text NOT NULL,
    serial            bigint NOT NULL,
    lineage           text,
    md5               text NOT NULL,
    size              bigint,
    terraform_version text,
    format_version    integer,
    resources         jsonb NOT NULL DEFAULT '[]',
    created_at        timestamptz NOT NULL,
    finalized_at      timestamptz,
    CONSTRAINT state_version_status_check CHECK (status IN ('pending', 'finalized', 'discarded')),
    CONSTRAINT state_version_finalized_check CHECK ((status = 'finalized') <= (finalized_at IS NOT NULL))
);

CREATE INDEX state_version_workspace ON state_version (workspace_id, created_at DESC);

CREATE TABLE state_version_output (
    id               text PRIMARY KEY,
    state_version_id text NOT NULL REFERENCES state_version ON DELETE CASCADE,
    position         integer NOT NULL,
    name             text NOT NULL,
    sensitive        boolean NOT NULL,
    type             text NOT NULL,
    -- json, not jsonb: the text is kept as the engine wrote it.
    detailed_type    json NOT NULL,
    value            json NOT NULL
);

CREATE INDEX state_version_output_state_version ON state_version_output (state_version_id, position);
