-- Which engine a workspace's runs use; a run keeps what held when it was made.

ALTER TABLE workspace
    ADD COLUMN engine text NOT NULL DEFAULT 'terraform',
    ADD CONSTRAINT workspace_engine_check CHECK (engine IN ('terraform', 'tofu'));

ALTER TABLE run
    ADD COLUMN engine text NOT NULL DEFAULT 'terraform',
    ADD CONSTRAINT run_engine_check CHECK (engine IN ('terraform', 'tofu'));

DROP VIEW workspace_detail;

CREATE VIEW workspace_detail AS
SELECT w.*, o.name AS organization_name, o.default_execution_mode AS organization_mode,
       o.default_agent_pool_id AS organization_pool_id, p.default_execution_mode AS project_mode,
       p.default_agent_pool_id AS project_pool_id, p.auto_destroy_activity_duration AS project_auto_destroy,
       u.username AS lock_username, l.name AS lock_team_name,
       ARRAY(SELECT t.name FROM workspace_tag wt JOIN tag t ON t.id = wt.tag_id
             WHERE wt.workspace_id = w.id ORDER BY wt.position) AS tag_names,
       ARRAY(SELECT v.id FROM variable v WHERE v.workspace_id = w.id ORDER BY v.created_at, v.id) AS variable_ids,
       ARRAY(SELECT s.id FROM state_version_output s
             WHERE s.state_version_id = w.current_state_version_id ORDER BY s.position) AS output_ids
FROM workspace w
JOIN organization o ON o.id = w.organization_id
JOIN project p ON p.id = w.project_id
LEFT JOIN users u ON u.id = w.lock_user_id
LEFT JOIN team l ON l.id = w.lock_team_id;

DROP VIEW run_detail;

CREATE VIEW run_detail AS
SELECT r.*,
       CASE r.status
           WHEN 'pending' THEN (
               SELECT count(*) FROM run b WHERE b.workspace_id = r.workspace_id AND b.status = 'pending' AND b.sequence <= r.sequence)
           WHEN 'plan_queued' THEN (
               SELECT count(*) FROM job q JOIN job me ON me.run_id = r.id AND me.kind = 'plan'
               WHERE q.queue = me.queue AND q.status = 'queued' AND (q.priority, q.id) <= (me.priority, me.id))
           ELSE 0
       END AS position_in_queue,
       ARRAY(SELECT e.id FROM run_event e WHERE e.run_id = r.id ORDER BY e.sequence) AS event_ids,
       ARRAY(SELECT c.id FROM comment c WHERE c.run_id = r.id ORDER BY c.created_at, c.id) AS comment_ids,
       p.id AS plan_id, p.status AS plan_status, p.status_timestamps AS plan_status_timestamps, p.resource_additions
       AS plan_resource_additions, p.resource_changes AS plan_resource_changes, p.resource_destructions AS
       plan_resource_destructions, p.resource_imports AS plan_resource_imports, p.has_changes AS plan_has_changes,
       p.generated_configuration AS plan_generated_configuration, p.agent_id AS plan_agent_id, p.agent_name AS
       plan_agent_name, p.log_size AS plan_log_size,
       a.id AS apply_id, a.status AS apply_status, a.status_timestamps AS apply_status_timestamps,
       a.resource_additions AS apply_resource_additions, a.resource_changes AS apply_resource_changes,
       a.resource_destructions AS apply_resource_destructions, a.resource_imports AS apply_resource_imports,
       a.has_changes AS apply_has_changes, a.generated_configuration AS apply_generated_configuration, a.agent_id AS
       apply_agent_id, a.agent_name AS apply_agent_name, a.log_size AS apply_log_size
FROM run r
JOIN phase p ON p.run_id = r.id AND p.kind = 'plan'
JOIN phase a ON a.run_id = r.id AND a.kind = 'apply';
