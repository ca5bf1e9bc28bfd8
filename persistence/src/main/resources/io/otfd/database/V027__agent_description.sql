-- What agents say of themselves, what is said to one that is drained, and which engine a job takes.

ALTER TABLE agent
    -- NULL where the agent does not say.
    ADD COLUMN executor text,
    -- Engines that it runs.
    ADD COLUMN engines text[] NOT NULL DEFAULT '{terraform}',
    -- {"zone": "b"}: words of its operator.
    ADD COLUMN labels jsonb NOT NULL DEFAULT '{}',
    -- Why it is drained, in words of whoever did.
    ADD COLUMN drain_message text,
    ADD CONSTRAINT agent_executor_check CHECK (executor IN ('fork', 'bubblewrap')),
    ADD CONSTRAINT agent_engines_check CHECK (engines <@ '{terraform,tofu}'),
    ADD CONSTRAINT agent_drain_message_check CHECK (draining OR drain_message IS NULL);

ALTER TABLE job
    ADD COLUMN engine text NOT NULL DEFAULT 'terraform',
    ADD CONSTRAINT job_engine_check CHECK (engine IN ('terraform', 'tofu'));
