-- The module registry of an organization; and what belongs to a module where it used to belong to a workspace alone.

CREATE TABLE registry_module (
    id               text PRIMARY KEY,
    organization_id  text NOT NULL REFERENCES organization ON DELETE CASCADE,
    -- Of an entry that points to the public registry. A module of our own has the organization's name for its namespace.
    public_namespace text,
    name             text NOT NULL,
    provider         text NOT NULL,
    no_code          boolean NOT NULL,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    CONSTRAINT registry_module_key UNIQUE NULLS NOT DISTINCT (organization_id, public_namespace, name, provider)
);

CREATE TABLE registry_module_version (
    id                 text PRIMARY KEY,
    registry_module_id text NOT NULL REFERENCES registry_module ON DELETE CASCADE,
    version            text NOT NULL,
    commit_sha         text,
    source             text NOT NULL,
    status             text NOT NULL,
    -- Why the archive was refused.
    error              text,
    -- Sealed Markdown, taken out of the archive at the upload.
    readme             bytea,
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    CONSTRAINT registry_module_version_key UNIQUE (registry_module_id, version),
    CONSTRAINT registry_module_version_status_check CHECK (status IN ('pending', 'ok', 'reg_ingress_failed')),
    CONSTRAINT registry_module_version_error_check CHECK ((error IS NOT NULL) = (status = 'reg_ingress_failed'))
);

-- Archives of a module's versions, and of configurations that test it.
ALTER TABLE blob
    ALTER COLUMN workspace_id DROP NOT NULL,
    ADD COLUMN registry_module_id text REFERENCES registry_module ON DELETE CASCADE,
    ADD CONSTRAINT blob_owner_check CHECK ((workspace_id IS NULL) <> (registry_module_id IS NULL));

CREATE INDEX blob_registry_module ON blob (registry_module_id) WHERE registry_module_id IS NOT NULL;

ALTER TABLE configuration_version
    ALTER COLUMN workspace_id DROP NOT NULL,
    ADD COLUMN registry_module_id text REFERENCES registry_module ON DELETE CASCADE,
    ADD CONSTRAINT configuration_version_owner_check CHECK ((workspace_id IS NULL) <> (registry_module_id IS NULL));

CREATE INDEX configuration_version_registry_module ON configuration_version (registry_module_id)
    WHERE registry_module_id IS NOT NULL;

ALTER TABLE tag_binding
    ADD COLUMN registry_module_id text REFERENCES registry_module ON DELETE CASCADE,
    DROP CONSTRAINT tag_binding_key_key,
    DROP CONSTRAINT tag_binding_owner_check,
    ADD CONSTRAINT tag_binding_key_key UNIQUE NULLS NOT DISTINCT (project_id, workspace_id, registry_module_id, key),
    ADD CONSTRAINT tag_binding_owner_check CHECK (num_nonnulls(project_id, workspace_id, registry_module_id) = 1);

CREATE INDEX tag_binding_registry_module ON tag_binding (registry_module_id) WHERE registry_module_id IS NOT NULL;
