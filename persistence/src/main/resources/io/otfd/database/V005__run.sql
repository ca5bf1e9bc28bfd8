-- Runs, their plan and apply, what agents do of them, and their logs.

CREATE TABLE run (
    id                       text PRIMARY KEY,
    workspace_id             text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    configuration_version_id text NOT NULL REFERENCES configuration_version,
    -- Order within a workspace's queue.
    sequence                 bigint GENERATED ALWAYS AS IDENTITY,
    status                   text NOT NULL,
    message                  text NOT NULL,
    source                   text NOT NULL,
    created_by               text REFERENCES users,
    confirmed_by             text REFERENCES users,
    created_at               timestamptz NOT NULL,
    -- {"planning-at": "…"}: when each status was entered, under its wire name.
    status_timestamps        jsonb NOT NULL DEFAULT '{}',
    execution_mode           text NOT NULL,
    agent_pool_id            text REFERENCES agent_pool ON DELETE SET NULL,
    plan_only                boolean NOT NULL,
    auto_apply               boolean NOT NULL,
    is_destroy               boolean NOT NULL,
    refresh                  boolean NOT NULL,
    refresh_only             boolean NOT NULL,
    save_plan                boolean NOT NULL,
    allow_empty_apply        boolean NOT NULL,
    allow_config_generation  boolean NOT NULL,
    structured_output        boolean NOT NULL,
    terraform_version        text NOT NULL,
    working_directory        text,
    target_addrs             text[] NOT NULL,
    replace_addrs            text[] NOT NULL,
    -- [{"key","value"}] of the command line; values are HCL.
    variables                jsonb NOT NULL,
    -- What the engine is given: {"tfvars": "…", "environment": {…}}, frozen at creation.
    frozen_variables         jsonb NOT NULL,
    has_changes              boolean NOT NULL DEFAULT false,
    cancel_requested_at      timestamptz,
    CONSTRAINT run_status_check CHECK (status IN (
        'pending', 'plan_queued', 'planning', 'planned', 'planned_and_finished', 'planned_and_saved', 'confirmed',
        'apply_queued', 'applying', 'applied', 'discarded', 'errored', 'canceled', 'force_canceled'))
);

CREATE INDEX run_workspace ON run (workspace_id, sequence DESC);
CREATE INDEX run_configuration_version ON run (configuration_version_id);

-- The workspace's queue: what waits for its turn.
CREATE INDEX run_pending ON run (workspace_id, sequence) WHERE status = 'pending';

-- Runs of an organization that are not over, for its queue and capacity.
CREATE INDEX run_active ON run (status, sequence)
    WHERE status IN ('pending', 'plan_queued', 'planning', 'confirmed', 'apply_queued', 'applying');

ALTER TABLE workspace
    ADD CONSTRAINT workspace_lock_run_fkey FOREIGN KEY (lock_run_id) REFERENCES run ON DELETE SET NULL,
    ADD CONSTRAINT workspace_current_run_fkey FOREIGN KEY (current_run_id) REFERENCES run ON DELETE SET NULL,
    ADD CONSTRAINT workspace_current_state_version_fkey FOREIGN KEY (current_state_version_id) REFERENCES state_version ON DELETE SET NULL,
    ADD CONSTRAINT workspace_current_configuration_fkey FOREIGN KEY (current_configuration_version_id) REFERENCES configuration_version ON DELETE SET NULL;

CREATE TABLE phase (
    id                      text PRIMARY KEY,
    run_id                  text NOT NULL REFERENCES run ON DELETE CASCADE,
    kind                    text NOT NULL,
    status                  text NOT NULL,
    status_timestamps       jsonb NOT NULL DEFAULT '{}',
    -- NULL until the engine has said.
    resource_additions      integer,
    resource_changes        integer,
    resource_destructions   integer,
    resource_imports        integer,
    has_changes             boolean NOT NULL DEFAULT false,
    generated_configuration boolean NOT NULL DEFAULT false,
    agent_id                text,
    agent_name              text,
    log_size                bigint NOT NULL DEFAULT 0,
    log_ended               boolean NOT NULL DEFAULT false,
    CONSTRAINT phase_kind_key UNIQUE (run_id, kind),
    CONSTRAINT phase_kind_check CHECK (kind IN ('plan', 'apply')),
    CONSTRAINT phase_status_check CHECK (status IN ('pending', 'queued', 'running', 'finished', 'errored', 'canceled', 'unreachable'))
);

CREATE TABLE log_chunk (
    phase_id text NOT NULL REFERENCES phase ON DELETE CASCADE,
    -- Of its first byte in the log, whose byte 0 is the start marker.
    position bigint NOT NULL,
    data     bytea NOT NULL,
    PRIMARY KEY (phase_id, position)
);

CREATE TABLE run_event (
    id         text PRIMARY KEY,
    run_id     text NOT NULL REFERENCES run ON DELETE CASCADE,
    sequence   bigint GENERATED ALWAYS AS IDENTITY,
    action     text NOT NULL,
    actor_id   text REFERENCES users,
    created_at timestamptz NOT NULL
);

CREATE INDEX run_event_run ON run_event (run_id, sequence);

CREATE TABLE job (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id      text NOT NULL REFERENCES run ON DELETE CASCADE,
    kind        text NOT NULL,
    -- The agent pool's id, or 'server'.
    queue       text NOT NULL,
    -- 0 apply, 1 plan, 2 speculative plan: lower goes first.
    priority    integer NOT NULL,
    status      text NOT NULL,
    agent_id    text REFERENCES agent ON DELETE SET NULL,
    -- Fencing token of the claim: reports with another one are refused.
    lease_id    text,
    -- The engine has started: the job may not be given to a second agent.
    started     boolean NOT NULL DEFAULT false,
    attempts    integer NOT NULL DEFAULT 0,
    signal      text NOT NULL DEFAULT 'none',
    created_at  timestamptz NOT NULL DEFAULT now(),
    claimed_at  timestamptz,
    finished_at timestamptz,
    CONSTRAINT job_run_key UNIQUE (run_id, kind),
    CONSTRAINT job_kind_check CHECK (kind IN ('plan', 'apply')),
    CONSTRAINT job_status_check CHECK (status IN ('queued', 'claimed', 'finished')),
    CONSTRAINT job_lease_check CHECK ((status = 'claimed') <= (lease_id IS NOT NULL)),
    CONSTRAINT job_signal_check CHECK (signal IN ('none', 'cancel', 'force_cancel'))
);

CREATE INDEX job_queued ON job (queue, priority, id) WHERE status = 'queued';
CREATE INDEX job_agent ON job (agent_id) WHERE status = 'claimed';
