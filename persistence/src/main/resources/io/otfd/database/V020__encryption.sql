-- Keys that seal what is stored. They are wrapped by a master key, which is not in the database.
CREATE TABLE data_key (
    id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- NULL: not wrapped, until a server starts on this schema for the first time.
    master_key text,
    wrapped    bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- NULL: in clear, stored by an earlier version.
ALTER TABLE blob ADD COLUMN data_key_id integer REFERENCES data_key;

-- Secrets that begin with 0 are in clear, stored by an earlier version; with 1, sealed by the data key of the next four bytes.
ALTER TABLE variable ALTER COLUMN value TYPE bytea USING '\x00'::bytea || convert_to(value, 'UTF8');
ALTER TABLE state_version_output ALTER COLUMN value TYPE bytea USING '\x00'::bytea || convert_to(CAST(value AS text), 'UTF8');

-- The view shows every column of the table and must be away meanwhile.
DO $$
DECLARE
    definition text := pg_get_viewdef('run_detail');
BEGIN
    DROP VIEW run_detail;
    ALTER TABLE run ALTER COLUMN frozen_variables TYPE bytea
        USING '\x00'::bytea || convert_to(CAST(frozen_variables AS text), 'UTF8');
    EXECUTE 'CREATE VIEW run_detail AS ' || definition;
END
$$;

-- The key that sealed SSH keys becomes a data key like others.
INSERT INTO data_key (wrapped)
SELECT key
FROM site_key
WHERE purpose = 'secrets';

UPDATE ssh_key
SET value = '\x01'::bytea || int4send(data_key.id) || ssh_key.value
FROM data_key;

DELETE FROM site_key
WHERE purpose = 'secrets';

UPDATE site_key
SET key = '\x00'::bytea || key;
