-- Organizations, the team that owns each, and projects.

CREATE TABLE organization (
    id                                 text PRIMARY KEY,
    name                               text NOT NULL,
    email                              text NOT NULL,
    created_at                         timestamptz NOT NULL DEFAULT now(),
    session_timeout                    integer,
    session_remember                   integer,
    collaborator_auth_policy           text NOT NULL,
    cost_estimation_enabled            boolean NOT NULL,
    assessments_enforced               boolean NOT NULL,
    send_passing_statuses              boolean NOT NULL,
    aggregated_commit_status_enabled   boolean NOT NULL,
    speculative_plan_management        boolean NOT NULL,
    allow_force_delete_workspaces      boolean NOT NULL,
    default_execution_mode             text NOT NULL,
    default_agent_pool_id              text,
    owners_team_saml_role_id           text,
    user_tokens_enabled                boolean NOT NULL,
    max_ttl_enabled                    boolean NOT NULL,
    enforce_hyok                       boolean NOT NULL,
    stacks_enabled                     boolean NOT NULL,
    CONSTRAINT organization_default_execution_mode_check CHECK (default_execution_mode IN ('remote', 'local', 'agent')),
    CONSTRAINT organization_default_agent_pool_check CHECK ((default_execution_mode = 'agent') = (default_agent_pool_id IS NOT NULL))
);

-- Names differ in more than case: they stand in URLs that people type.
CREATE UNIQUE INDEX organization_name_key ON organization (lower(name));

CREATE TABLE team (
    id              text PRIMARY KEY,
    organization_id text NOT NULL REFERENCES organization ON DELETE CASCADE,
    name            text NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT team_name_key UNIQUE (organization_id, name)
);

CREATE TABLE team_member (
    team_id text NOT NULL REFERENCES team ON DELETE CASCADE,
    user_id text NOT NULL REFERENCES users ON DELETE CASCADE,
    PRIMARY KEY (team_id, user_id)
);

CREATE INDEX team_member_user ON team_member (user_id);

CREATE TABLE project (
    id              text PRIMARY KEY,
    organization_id text NOT NULL REFERENCES organization ON DELETE CASCADE,
    name            text NOT NULL,
    description     text,
    is_default      boolean NOT NULL DEFAULT false,
    created_at      timestamptz NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX project_name_key ON project (organization_id, lower(name));
CREATE UNIQUE INDEX project_default_key ON project (organization_id) WHERE is_default;
