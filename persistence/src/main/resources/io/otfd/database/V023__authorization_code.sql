-- A code stands between a person's consent in the browser and the token that the program on their machine fetches with it, once.
CREATE TABLE authorization_code (
    hash           bytea PRIMARY KEY,
    user_id        text NOT NULL REFERENCES users ON DELETE CASCADE,
    code_challenge text NOT NULL,
    redirect_uri   text NOT NULL,
    expires_at     timestamptz NOT NULL
);
