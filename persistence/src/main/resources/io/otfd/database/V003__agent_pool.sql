-- Agent pools, the workspaces that may use them, and the agents that registered.

CREATE TABLE agent_pool (
    id                  text PRIMARY KEY,
    organization_id     text NOT NULL REFERENCES organization ON DELETE CASCADE,
    name                text NOT NULL,
    organization_scoped boolean NOT NULL,
    created_at          timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT agent_pool_name_key UNIQUE (organization_id, name)
);

ALTER TABLE organization
    ADD CONSTRAINT organization_default_agent_pool_fkey FOREIGN KEY (default_agent_pool_id) REFERENCES agent_pool;

-- instance_id lets an agent that starts again on its data directory be the same agent.
-- agent_pool_id is NULL for an agent inside the server.
CREATE TABLE agent (
    id            text PRIMARY KEY,
    agent_pool_id text REFERENCES agent_pool ON DELETE CASCADE,
    instance_id   text,
    name          text,
    ip_address    text,
    version       text,
    arch          text,
    os            text,
    concurrency   integer NOT NULL,
    status        text NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    last_ping_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT agent_status_check CHECK (status IN ('idle', 'busy', 'unknown', 'errored', 'exited'))
);

CREATE INDEX agent_pool_created ON agent (agent_pool_id, created_at);
CREATE UNIQUE INDEX agent_instance_key ON agent (instance_id) WHERE status NOT IN ('errored', 'exited');
