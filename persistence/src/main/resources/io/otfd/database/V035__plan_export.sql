-- Exports of plans. The bundle itself is made when it is fetched.

CREATE TABLE plan_export (
    id         text PRIMARY KEY,
    plan_id    text NOT NULL REFERENCES phase ON DELETE CASCADE,
    data_type  text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    -- Cleared when another one takes its place: whether it can be fetched, the clock says.
    available  boolean NOT NULL DEFAULT true
);

-- One export of each kind a plan.
CREATE UNIQUE INDEX plan_export_key ON plan_export (plan_id, data_type) WHERE available;
CREATE INDEX plan_export_plan ON plan_export (plan_id, created_at);
