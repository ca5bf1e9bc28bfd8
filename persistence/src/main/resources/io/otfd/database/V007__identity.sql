-- Teams with rights, tokens of teams and organizations, SSH keys, plans and data retention.

ALTER TABLE organization
    ADD COLUMN feature_set text NOT NULL DEFAULT 'free',
    ADD COLUMN plan_expires_at timestamptz,
    ADD COLUMN retention_policy_id text,
    -- NULL with a policy keeps everything.
    ADD COLUMN retention_days integer,
    ADD CONSTRAINT organization_retention_check CHECK (retention_days IS NULL OR (retention_policy_id IS NOT NULL AND retention_days > 0));

ALTER TABLE team
    ADD COLUMN visibility text NOT NULL DEFAULT 'secret',
    ADD COLUMN sso_team_id text,
    ADD COLUMN allow_member_token_management boolean NOT NULL DEFAULT true,
    ADD COLUMN organization_access text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT team_visibility_check CHECK (visibility IN ('secret', 'organization'));

CREATE TABLE team_workspace (
    id                text PRIMARY KEY,
    team_id           text NOT NULL REFERENCES team ON DELETE CASCADE,
    workspace_id      text NOT NULL REFERENCES workspace ON DELETE CASCADE,
    access            text NOT NULL,
    runs              text NOT NULL,
    variables         text NOT NULL,
    state_versions    text NOT NULL,
    sentinel_mocks    text NOT NULL,
    workspace_locking boolean NOT NULL,
    run_tasks         boolean NOT NULL,
    policy_overrides  boolean NOT NULL,
    created_at        timestamptz NOT NULL,
    CONSTRAINT team_workspace_key UNIQUE (team_id, workspace_id),
    CONSTRAINT team_workspace_access_check CHECK (access IN ('read', 'plan', 'write', 'admin', 'custom'))
);

CREATE INDEX team_workspace_workspace ON team_workspace (workspace_id);

-- The value is sealed: bytes that only the servers on this database can open.
CREATE TABLE ssh_key (
    id              text PRIMARY KEY,
    organization_id text NOT NULL REFERENCES organization ON DELETE CASCADE,
    name            text NOT NULL,
    value           bytea NOT NULL,
    created_at      timestamptz NOT NULL
);

CREATE INDEX ssh_key_organization ON ssh_key (organization_id, created_at);

ALTER TABLE workspace
    ADD COLUMN ssh_key_id text REFERENCES ssh_key ON DELETE SET NULL,
    ADD COLUMN lock_team_id text REFERENCES team ON DELETE SET NULL,
    ADD COLUMN retention_policy_id text,
    -- NULL with a policy keeps everything.
    ADD COLUMN retention_days integer,
    ADD CONSTRAINT workspace_retention_check CHECK (retention_days IS NULL OR (retention_policy_id IS NOT NULL AND retention_days > 0)),
    DROP CONSTRAINT workspace_lock_check,
    ADD CONSTRAINT workspace_lock_check CHECK (num_nonnulls(lock_user_id, lock_team_id, lock_run_id) <= 1);

CREATE INDEX workspace_ssh_key ON workspace (ssh_key_id) WHERE ssh_key_id IS NOT NULL;
CREATE INDEX workspace_lock_team ON workspace (lock_team_id) WHERE lock_team_id IS NOT NULL;

ALTER TABLE token
    ADD COLUMN team_id text REFERENCES team ON DELETE CASCADE,
    ADD COLUMN organization_id text REFERENCES organization ON DELETE CASCADE,
    ADD COLUMN created_by_team_id text REFERENCES team ON DELETE SET NULL,
    -- A team may have one token without a description.
    ALTER COLUMN description DROP NOT NULL,
    ALTER COLUMN description DROP DEFAULT,
    DROP CONSTRAINT token_kind_check,
    DROP CONSTRAINT token_owner_check,
    -- site: the first user's token, given by a flag or made once. server: the agent inside a server.
    ADD CONSTRAINT token_kind_check CHECK (kind IN ('site', 'user', 'session', 'team', 'organization', 'audit_trails',
                                                    'agent_pool', 'server', 'agent', 'run')),
    ADD CONSTRAINT token_owner_check CHECK (
        (user_id IS NOT NULL) = (kind IN ('site', 'user', 'session'))
        AND (team_id IS NOT NULL) = (kind = 'team')
        AND (organization_id IS NOT NULL) = (kind IN ('organization', 'audit_trails'))
        AND (agent_pool_id IS NOT NULL) = (kind = 'agent_pool')
        AND (agent_id IS NOT NULL) = (kind = 'agent')
        AND (parent_id IS NOT NULL) = (kind = 'agent')
        AND (run_id IS NOT NULL) = (kind = 'run'));

CREATE UNIQUE INDEX token_team_key ON token (team_id) WHERE kind = 'team' AND description IS NULL;
CREATE UNIQUE INDEX token_team_description_key ON token (team_id, description) WHERE kind = 'team' AND description <> '';
CREATE UNIQUE INDEX token_organization_key ON token (organization_id, kind) WHERE organization_id IS NOT NULL;
CREATE INDEX token_team ON token (team_id, created_at) WHERE kind = 'team';
CREATE INDEX token_created_by_team ON token (created_by_team_id) WHERE created_by_team_id IS NOT NULL;
CREATE INDEX token_user ON token (user_id) WHERE kind = 'user';
