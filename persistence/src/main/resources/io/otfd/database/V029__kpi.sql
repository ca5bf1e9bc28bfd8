-- How the last runs of a workspace went, written when one ends: a list of workspaces does not look at runs.

ALTER TABLE workspace
    ADD COLUMN kpi_runs integer,
    ADD COLUMN kpi_failures integer,
    -- Milliseconds.
    ADD COLUMN plan_duration_average bigint,
    ADD COLUMN apply_duration_average bigint;

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
