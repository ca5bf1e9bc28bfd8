-- People who sign in by name and password, links that let them set one, and attempts that failed.

ALTER TABLE users
    -- Argon2id in PHC form; NULL: none yet.
    ADD COLUMN password_hash text,
    -- Invited, and never here: until the first password.
    ADD COLUMN pending boolean NOT NULL DEFAULT false,
    ADD COLUMN suspended boolean NOT NULL DEFAULT false,
    -- Takes the place of the other one when a site admin confirms it: people are invited by their addresses.
    ADD COLUMN unconfirmed_email text,
    DROP CONSTRAINT users_username_key;

CREATE UNIQUE INDEX users_username_key ON users (lower(username));
CREATE UNIQUE INDEX users_email_key ON users (lower(email));

-- user_id NULL: makes the first site admin.
CREATE TABLE password_link (
    hash       bytea PRIMARY KEY,
    user_id    text REFERENCES users ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);

CREATE INDEX password_link_user ON password_link (user_id) WHERE user_id IS NOT NULL;

-- name is a hash: people type passwords where names belong.
CREATE TABLE sign_in_failure (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name      bytea NOT NULL,
    address   text NOT NULL,
    failed_at timestamptz NOT NULL
);

CREATE INDEX sign_in_failure_name ON sign_in_failure (name, failed_at);
CREATE INDEX sign_in_failure_address ON sign_in_failure (address, failed_at);

-- Of a session: where it was opened. Its description is the browser's.
ALTER TABLE token ADD COLUMN address text;

CREATE INDEX token_session ON token (user_id, created_at) WHERE kind = 'session';

-- What a person did stays when the person goes.
ALTER TABLE workspace
    DROP CONSTRAINT workspace_lock_user_id_fkey,
    ADD CONSTRAINT workspace_lock_user_id_fkey FOREIGN KEY (lock_user_id) REFERENCES users ON DELETE SET NULL;
ALTER TABLE state_version
    DROP CONSTRAINT state_version_created_by_fkey,
    ADD CONSTRAINT state_version_created_by_fkey FOREIGN KEY (created_by) REFERENCES users ON DELETE SET NULL;
ALTER TABLE run
    DROP CONSTRAINT run_created_by_fkey,
    ADD CONSTRAINT run_created_by_fkey FOREIGN KEY (created_by) REFERENCES users ON DELETE SET NULL,
    DROP CONSTRAINT run_confirmed_by_fkey,
    ADD CONSTRAINT run_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES users ON DELETE SET NULL;
ALTER TABLE run_event
    DROP CONSTRAINT run_event_actor_id_fkey,
    ADD CONSTRAINT run_event_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES users ON DELETE SET NULL;
