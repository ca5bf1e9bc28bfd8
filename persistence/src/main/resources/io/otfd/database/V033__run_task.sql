-- Stages of runs that wait for what others say, and the run tasks that say it.

CREATE TABLE task (
    id                 text PRIMARY KEY,
    organization_id    text NOT NULL REFERENCES organization ON DELETE CASCADE,
    name               text NOT NULL,
    url                text NOT NULL,
    description        text NOT NULL,
    -- Sealed: the key that requests are signed with.
    hmac_key           bytea,
    enabled            boolean NOT NULL,
    -- In every workspace of the organization, where a workspace does not say otherwise.
    global_enabled     boolean NOT NULL,
    global_stages      text[] NOT NULL,
    global_enforcement text NOT NULL,
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    CONSTRAINT task_name_key UNIQUE (organization_id, name),
    CONSTRAINT task_global_stages_check CHECK (global_stages <@ ARRAY['pre_plan', 'post_plan', 'pre_apply', 'post_apply']),
    CONSTRAINT task_global_enforcement_check CHECK (global_enforcement IN ('advisory', 'mandatory'))
);

CREATE TABLE workspace_task (
    id                text PRIMARY KEY,
    workspace_id      text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    task_id           text NOT NULL REFERENCES task ON DELETE CASCADE,
    stages            text[] NOT NULL,
    enforcement_level text NOT NULL,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    CONSTRAINT workspace_task_key UNIQUE (workspace_id, task_id),
    CONSTRAINT workspace_task_stages_check CHECK (
        stages <> '{}' AND stages <@ ARRAY['pre_plan', 'post_plan', 'pre_apply', 'post_apply']),
    CONSTRAINT workspace_task_enforcement_check CHECK (enforcement_level IN ('advisory', 'mandatory'))
);

CREATE INDEX workspace_task_task ON workspace_task (task_id);

-- Tasks that runs of a workspace go through: its own, and the organization's global ones.
CREATE VIEW effective_task AS
SELECT w.workspace_id, w.task_id, w.id AS workspace_task_id, w.stages, w.enforcement_level
FROM workspace_task w
JOIN task t ON t.id = w.task_id
WHERE t.enabled
UNION ALL
SELECT s.id, t.id, NULL, t.global_stages, t.global_enforcement
FROM workspace s
JOIN task t ON t.organization_id = s.organization_id
WHERE t.enabled
  AND t.global_enabled
  AND NOT EXISTS (SELECT 1 FROM workspace_task own WHERE own.workspace_id = s.id AND own.task_id = t.id);

-- Stages at which something is checked in the workspace's runs. What checks joins by another branch.
CREATE VIEW workspace_check AS
SELECT e.workspace_id, s.stage
FROM effective_task e
CROSS JOIN LATERAL unnest(e.stages) AS s (stage);

-- Made with the run, where something is checked at the stage.
CREATE TABLE task_stage (
    id                text PRIMARY KEY,
    run_id            text NOT NULL REFERENCES run ON DELETE CASCADE,
    stage             text NOT NULL,
    status            text NOT NULL,
    -- {"running-at": "…"}: when each status was entered, under its wire name.
    status_timestamps jsonb NOT NULL DEFAULT '{}',
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    CONSTRAINT task_stage_key UNIQUE (run_id, stage),
    CONSTRAINT task_stage_stage_check CHECK (stage IN ('pre_plan', 'post_plan', 'pre_apply', 'post_apply')),
    CONSTRAINT task_stage_status_check CHECK (status IN (
        'pending', 'running', 'passed', 'failed', 'awaiting_override', 'errored', 'canceled', 'unreachable'))
);

-- What one task says at one stage. The task's name and URL stay readable when it is gone.
CREATE TABLE task_result (
    id                text PRIMARY KEY,
    position          bigint GENERATED ALWAYS AS IDENTITY,
    task_stage_id     text NOT NULL REFERENCES task_stage ON DELETE CASCADE,
    task_id           text NOT NULL,
    workspace_task_id text,
    task_name         text NOT NULL,
    task_url          text NOT NULL,
    enforcement_level text NOT NULL,
    status            text NOT NULL,
    status_timestamps jsonb NOT NULL DEFAULT '{}',
    message           text NOT NULL DEFAULT '',
    url               text NOT NULL DEFAULT '',
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    -- Also the fencing token of an attempt.
    attempts          integer NOT NULL DEFAULT 0,
    -- Pending: of the next attempt, NULL before its stage. Running: when silence counts as an answer.
    due_at            timestamptz,
    CONSTRAINT task_result_enforcement_check CHECK (enforcement_level IN ('advisory', 'mandatory')),
    CONSTRAINT task_result_status_check CHECK (status IN (
        'pending', 'running', 'passed', 'failed', 'errored', 'canceled', 'unreachable'))
);

CREATE INDEX task_result_stage ON task_result (task_stage_id, position);
CREATE INDEX task_result_due ON task_result (due_at) WHERE status IN ('pending', 'running') AND due_at IS NOT NULL;

-- Details of a result, as its task tells them.
CREATE TABLE task_result_outcome (
    id             text PRIMARY KEY,
    task_result_id text NOT NULL REFERENCES task_result ON DELETE CASCADE,
    position       integer NOT NULL,
    outcome_id     text NOT NULL,
    description    text NOT NULL,
    body           text NOT NULL,
    url            text NOT NULL,
    -- {"Severity": [{"label": "High", "level": "error"}]}
    tags           jsonb NOT NULL,
    created_at     timestamptz NOT NULL,
    CONSTRAINT task_result_outcome_key UNIQUE (task_result_id, position)
);

ALTER TABLE run
    -- {"post_plan": "ts-…"}: its stages, so that a run without any costs no look at their table.
    ADD COLUMN task_stages jsonb NOT NULL DEFAULT '{}',
    DROP CONSTRAINT run_status_check,
    ADD CONSTRAINT run_status_check CHECK (status IN (
        'pending', 'pre_plan_running', 'pre_plan_completed', 'plan_queued', 'planning', 'planned', 'post_plan_running',
        'post_plan_awaiting_decision', 'post_plan_completed', 'planned_and_finished', 'planned_and_saved', 'confirmed',
        'pre_apply_running', 'pre_apply_completed', 'apply_queued', 'applying', 'post_apply_running',
        'post_apply_completed', 'applied', 'discarded', 'errored', 'canceled', 'force_canceled'));

-- The view shows the new column, too.
DO $$
DECLARE
    definition text := pg_get_viewdef('run_detail');
BEGIN
    DROP VIEW run_detail;
    EXECUTE 'CREATE VIEW run_detail AS ' || regexp_replace(definition, 'SELECT r\.id,', 'SELECT r.id, r.task_stages,');
END
$$;

-- A task's token reads the plan of its run and answers for its result.
ALTER TABLE token
    ADD COLUMN task_result_id text REFERENCES task_result ON DELETE CASCADE,
    DROP CONSTRAINT token_kind_check,
    ADD CONSTRAINT token_kind_check CHECK (kind IN (
        'site', 'user', 'session', 'team', 'organization', 'audit_trails', 'agent_pool', 'server', 'agent', 'run', 'task')),
    ADD CONSTRAINT token_task_check CHECK ((kind = 'task') = (task_result_id IS NOT NULL));

CREATE INDEX token_task_result ON token (task_result_id) WHERE task_result_id IS NOT NULL;
