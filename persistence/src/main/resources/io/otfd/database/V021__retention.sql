-- States whose bytes are hidden, or gone.
ALTER TABLE state_version
    DROP CONSTRAINT state_version_status_check,
    ADD CONSTRAINT state_version_status_check CHECK (status IN (
        'pending', 'finalized', 'discarded', 'backing_data_soft_deleted', 'backing_data_permanently_deleted'));
