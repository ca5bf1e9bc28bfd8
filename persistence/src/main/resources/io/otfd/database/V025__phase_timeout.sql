-- How long a plan or an apply may take, as it was when an agent took it.

-- An organization's own; NULL: the site's.
ALTER TABLE organization
    ADD COLUMN plan_timeout_millis  bigint,
    ADD COLUMN apply_timeout_millis bigint,
    ADD CONSTRAINT organization_timeout_check CHECK (plan_timeout_millis > 0 AND apply_timeout_millis > 0);

ALTER TABLE job
    ADD COLUMN timeout_millis bigint NOT NULL DEFAULT 86400000,
    -- Since when its engine is told to stop, because that time is over.
    ADD COLUMN overdue_at timestamptz;
