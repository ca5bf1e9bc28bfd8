-- Query runs: runs whose plan is a query. They stand beside those that change something, and agents have to know them.

ALTER TABLE run
    ADD COLUMN query boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT run_query_check CHECK (NOT query OR plan_only);

CREATE INDEX run_query ON run (workspace_id, sequence DESC) WHERE query;

-- The view shows the new column, too.
DO $$
DECLARE
    definition text := pg_get_viewdef('run_detail');
BEGIN
    DROP VIEW run_detail;
    EXECUTE 'CREATE VIEW run_detail AS ' || regexp_replace(definition, 'SELECT r\.id,', 'SELECT r.id, r.query,');
END
$$;

ALTER TABLE job ADD COLUMN query boolean NOT NULL DEFAULT false;
