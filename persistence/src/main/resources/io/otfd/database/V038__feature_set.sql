-- Nothing is sold here: what a new organization may use is what the server does.
ALTER TABLE organization ALTER COLUMN feature_set SET DEFAULT 'complete';
