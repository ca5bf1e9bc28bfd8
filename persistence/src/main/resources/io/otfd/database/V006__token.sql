-- One table for every secret that speaks for somebody. Only hashes are kept.

CREATE TABLE token (
    id            text PRIMARY KEY,
    kind          text NOT NULL,
    hash          bytea NOT NULL,
    description   text NOT NULL DEFAULT '',
    user_id       text REFERENCES users ON DELETE CASCADE,
    agent_pool_id text REFERENCES agent_pool ON DELETE CASCADE,
    agent_id      text REFERENCES agent ON DELETE CASCADE,
    run_id        text REFERENCES run ON DELETE CASCADE,
    -- The token that the agent registered with: whoever deletes that one ends the agent's session, too.
    parent_id     text REFERENCES token ON DELETE CASCADE,
    created_by    text REFERENCES users ON DELETE SET NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    last_used_at  timestamptz,
    expires_at    timestamptz,
    CONSTRAINT token_hash_key UNIQUE (hash),
    -- site: the first user's token, given by a flag or made once. server: the agent inside a server.
    CONSTRAINT token_kind_check CHECK (kind IN ('site', 'user', 'session', 'agent_pool', 'server', 'agent', 'run')),
    CONSTRAINT token_owner_check CHECK (
        (user_id IS NOT NULL) = (kind IN ('site', 'user', 'session'))
        AND (agent_pool_id IS NOT NULL) = (kind = 'agent_pool')
        AND (agent_id IS NOT NULL) = (kind = 'agent')
        AND (parent_id IS NOT NULL) = (kind = 'agent')
        AND (run_id IS NOT NULL) = (kind = 'run'))
);

CREATE UNIQUE INDEX token_site_key ON token (kind) WHERE kind = 'site';
CREATE INDEX token_agent_pool ON token (agent_pool_id, created_at) WHERE kind = 'agent_pool';
CREATE INDEX token_agent ON token (agent_id) WHERE kind = 'agent';
CREATE INDEX token_parent ON token (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX token_run ON token (run_id) WHERE kind = 'run';
CREATE INDEX token_expires ON token (expires_at) WHERE expires_at IS NOT NULL;
