-- Who is told of runs, and what is still to be told.

CREATE TABLE notification_configuration (
    id               text PRIMARY KEY,
    workspace_id     text REFERENCES workspace ON DELETE CASCADE,
    project_id       text REFERENCES project ON DELETE CASCADE,
    team_id          text REFERENCES team ON DELETE CASCADE,
    name             text NOT NULL,
    destination_type text NOT NULL,
    enabled          boolean NOT NULL,
    triggers         text[] NOT NULL,
    -- Sealed: whoever knows the URL of a chat may write there.
    url              bytea,
    -- Sealed: the key that payloads are signed with.
    token            bytea,
    email_addresses  text[] NOT NULL,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    CONSTRAINT notification_configuration_subscribable_check CHECK (num_nonnulls(workspace_id, project_id, team_id) = 1),
    CONSTRAINT notification_configuration_destination_check CHECK (destination_type IN ('generic', 'slack', 'microsoft-teams', 'email')),
    CONSTRAINT notification_configuration_url_check CHECK ((destination_type = 'email') = (url IS NULL)),
    CONSTRAINT notification_configuration_token_check CHECK (token IS NULL OR destination_type = 'generic')
);

CREATE INDEX notification_configuration_workspace ON notification_configuration (workspace_id, created_at, id)
    WHERE workspace_id IS NOT NULL;
CREATE INDEX notification_configuration_project ON notification_configuration (project_id, created_at, id)
    WHERE project_id IS NOT NULL;
CREATE INDEX notification_configuration_team ON notification_configuration (team_id, created_at, id)
    WHERE team_id IS NOT NULL;

CREATE TABLE notification_user (
    configuration_id text NOT NULL REFERENCES notification_configuration ON DELETE CASCADE,
    user_id          text NOT NULL REFERENCES users ON DELETE CASCADE,
    place            bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (configuration_id, user_id)
);

CREATE INDEX notification_user_user ON notification_user (user_id);

-- Written in the transaction that changes the run, sent by any server, kept as history.
CREATE TABLE notification_delivery (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    configuration_id text NOT NULL REFERENCES notification_configuration ON DELETE CASCADE,
    trigger          text NOT NULL,
    message          text NOT NULL,
    -- These four are NULL for a verification.
    run_id           text REFERENCES run ON DELETE CASCADE,
    run_status       text,
    run_updated_at   timestamptz,
    run_updated_by   text REFERENCES users ON DELETE SET NULL,
    status           text NOT NULL,
    -- Also the fencing token of an attempt.
    attempts         integer NOT NULL DEFAULT 0,
    -- Of the next attempt; while one is made, when it is given up.
    due_at           timestamptz NOT NULL DEFAULT now(),
    created_at       timestamptz NOT NULL DEFAULT now(),
    -- Of the last attempt, as is all that follows.
    sent_at          timestamptz,
    response_code    integer,
    response_headers jsonb NOT NULL DEFAULT '{}',
    response_body    text NOT NULL DEFAULT '',
    error            text,
    CONSTRAINT notification_delivery_status_check CHECK (status IN ('pending', 'delivered', 'failed'))
);

CREATE INDEX notification_delivery_due ON notification_delivery (due_at) WHERE status = 'pending';
CREATE INDEX notification_delivery_pending ON notification_delivery (configuration_id, run_id, id) WHERE status = 'pending';
CREATE INDEX notification_delivery_configuration ON notification_delivery (configuration_id, id);
CREATE INDEX notification_delivery_run ON notification_delivery (run_id);
CREATE INDEX notification_delivery_user ON notification_delivery (run_updated_by) WHERE run_updated_by IS NOT NULL;
CREATE INDEX notification_delivery_old ON notification_delivery (created_at) WHERE status <> 'pending';

CREATE VIEW notification_configuration_detail AS
SELECT c.*,
       ARRAY(SELECT u.user_id FROM notification_user u WHERE u.configuration_id = c.id ORDER BY u.place) AS user_ids
FROM notification_configuration c;
