-- Who may speak, and keys that all servers on this database share.

CREATE TABLE site_key (
    purpose    text PRIMARY KEY,
    key        bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE users (
    id         text PRIMARY KEY,
    username   text NOT NULL,
    email      text NOT NULL,
    site_admin boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT users_username_key UNIQUE (username)
);
