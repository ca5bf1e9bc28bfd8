-- What agents say of themselves, and when each was last heard of the job in its hands.

ALTER TABLE agent
    -- Knows our extensions: it speaks often and lists its jobs. Others may speak once in a poll only.
    ADD COLUMN extended boolean NOT NULL DEFAULT false,
    -- Kinds of job that it takes.
    ADD COLUMN accept text[] NOT NULL DEFAULT '{plan,apply}',
    -- Finishes what it has and is given nothing more.
    ADD COLUMN draining boolean NOT NULL DEFAULT false;

ALTER TABLE job
    -- The agent has shown that the job reached it: by a report, a list of its jobs, or a piece of log.
    ADD COLUMN acknowledged boolean NOT NULL DEFAULT false,
    -- The agent has shown that the job did not reach it: it is offered to the same agent again.
    ADD COLUMN missed boolean NOT NULL DEFAULT false,
    ADD COLUMN heard_at timestamptz;

UPDATE job
SET acknowledged = true,
    heard_at = now()
WHERE status = 'claimed';

-- Work in agents' hands, by queue: what a pool's demand is made of.
CREATE INDEX job_claimed ON job (queue) WHERE status = 'claimed';
