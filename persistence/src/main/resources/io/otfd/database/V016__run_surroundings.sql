-- Comments on runs, what starts runs in other workspaces, resources of workspaces, and data that can be taken away and back.

CREATE TABLE comment (
    id         text PRIMARY KEY,
    run_id     text NOT NULL REFERENCES run ON DELETE CASCADE,
    body       text NOT NULL,
    created_by text REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL
);

CREATE INDEX comment_run ON comment (run_id, created_at, id);

ALTER TABLE run_event ADD COLUMN comment_id text REFERENCES comment ON DELETE SET NULL;

CREATE INDEX run_event_comment ON run_event (comment_id) WHERE comment_id IS NOT NULL;

ALTER TABLE run
    ADD COLUMN policy_paths text[] NOT NULL DEFAULT '{}',
    ADD COLUMN invoke_action_addrs text[] NOT NULL DEFAULT '{}',
    ADD COLUMN trigger_reason text NOT NULL DEFAULT 'manual';

-- Inbound to workspace_id: it runs when sourceable_id has applied.
CREATE TABLE run_trigger (
    id            text PRIMARY KEY,
    workspace_id  text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    sourceable_id text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    created_at    timestamptz NOT NULL,
    CONSTRAINT run_trigger_key UNIQUE (workspace_id, sourceable_id),
    CONSTRAINT run_trigger_self_check CHECK (workspace_id <> sourceable_id)
);

CREATE INDEX run_trigger_sourceable ON run_trigger (sourceable_id);

-- Runs that triggers have asked for and that are not made yet.
CREATE TABLE triggered_run (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id  text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    source_run_id text NOT NULL REFERENCES run ON DELETE CASCADE
);

CREATE INDEX triggered_run_workspace ON triggered_run (workspace_id);
CREATE INDEX triggered_run_source ON triggered_run (source_run_id);

-- Instances of resources in the current state.
CREATE TABLE workspace_resource (
    id               text PRIMARY KEY,
    workspace_id     text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    address          text NOT NULL,
    name             text NOT NULL,
    module           text NOT NULL,
    provider         text NOT NULL,
    provider_type    text NOT NULL,
    name_index       text,
    -- Of the instance as it stands in the state: tells what a new state has changed.
    digest           text NOT NULL,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    state_version_id text NOT NULL REFERENCES state_version ON DELETE CASCADE,
    CONSTRAINT workspace_resource_key UNIQUE (workspace_id, address)
);

CREATE INDEX workspace_resource_state_version ON workspace_resource (state_version_id);

ALTER TABLE state_version
    DROP CONSTRAINT state_version_status_check,
    ADD CONSTRAINT state_version_status_check CHECK (status IN (
        'pending', 'finalized', 'discarded', 'backing_data_soft_deleted', 'backing_data_permanently_deleted'));

ALTER TABLE configuration_version
    ADD COLUMN archived_at timestamptz,
    DROP CONSTRAINT configuration_version_status_check,
    ADD CONSTRAINT configuration_version_status_check CHECK (status IN (
        'pending', 'uploaded', 'errored', 'archived', 'backing_data_soft_deleted', 'backing_data_permanently_deleted'));

DROP VIEW run_detail;

CREATE VIEW run_detail AS
SELECT r.*,
       CASE r.status
           WHEN 'pending' THEN (
               SELECT count(*) FROM run b WHERE b.workspace_id = r.workspace_id AND b.status = 'pending' AND b.sequence <= r.sequence)
           WHEN 'plan_queued' THEN (
               SELECT count(*) FROM job q JOIN job me ON me.run_id = r.id AND me.kind = 'plan'
               WHERE q.queue = me.queue AND q.status = 'queued' AND (q.priority, q.id) <= (me.priority, me.id))
           ELSE 0
       END AS position_in_queue,
       ARRAY(SELECT e.id FROM run_event e WHERE e.run_id = r.id ORDER BY e.sequence) AS event_ids,
       ARRAY(SELECT c.id FROM comment c WHERE c.run_id = r.id ORDER BY c.created_at, c.id) AS comment_ids,
       p.id AS plan_id, p.status AS plan_status, p.status_timestamps AS plan_status_timestamps, p.resource_additions
       AS plan_resource_additions, p.resource_changes AS plan_resource_changes, p.resource_destructions AS
       plan_resource_destructions, p.resource_imports AS plan_resource_imports, p.has_changes AS plan_has_changes,
       p.generated_configuration AS plan_generated_configuration, p.agent_id AS plan_agent_id, p.agent_name AS
       plan_agent_name, p.log_size AS plan_log_size,
       a.id AS apply_id, a.status AS apply_status, a.status_timestamps AS apply_status_timestamps,
       a.resource_additions AS apply_resource_additions, a.resource_changes AS apply_resource_changes,
       a.resource_destructions AS apply_resource_destructions, a.resource_imports AS apply_resource_imports,
       a.has_changes AS apply_has_changes, a.generated_configuration AS apply_generated_configuration, a.agent_id AS
       apply_agent_id, a.agent_name AS apply_agent_name, a.log_size AS apply_log_size
FROM run r
JOIN phase p ON p.run_id = r.id AND p.kind = 'plan'
JOIN phase a ON a.run_id = r.id AND a.kind = 'apply';
