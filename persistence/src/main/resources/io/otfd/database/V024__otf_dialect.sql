-- Agents that speak OTF's own dialect.

ALTER TABLE agent
    ADD COLUMN dialect text NOT NULL DEFAULT 'tfc',
    ADD CONSTRAINT agent_dialect_check CHECK (dialect IN ('tfc', 'otf'));

ALTER TABLE job
    -- Of the agent that has or had the plan: what it hands over serves an apply in the same dialect. NULL: any will do.
    ADD COLUMN dialect text,
    -- OTF's agents hand every answer on to their engine, so each signal is given once, to the last who listened.
    ADD COLUMN listener text,
    ADD COLUMN told     text NOT NULL DEFAULT 'none',
    ADD CONSTRAINT job_dialect_check CHECK (dialect IN ('tfc', 'otf')),
    ADD CONSTRAINT job_told_check CHECK (told IN ('none', 'cancel', 'force_cancel'));

UPDATE job
SET dialect = 'tfc'
WHERE kind = 'apply'
   OR status <> 'queued';

ALTER TABLE token
    -- The run that it spoke for is over. It is good for hearing that once more, and for nothing else.
    ADD COLUMN ended boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT token_ended_check CHECK (NOT ended OR kind = 'run');
