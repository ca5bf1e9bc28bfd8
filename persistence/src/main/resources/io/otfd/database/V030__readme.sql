-- What a configuration says of itself, taken out of its archive at the upload; and views of what several queries show.

CREATE TABLE configuration_readme (
    configuration_version_id text PRIMARY KEY REFERENCES configuration_version ON DELETE CASCADE,
    -- Sealed Markdown.
    body                     bytea NOT NULL
);

DROP VIEW workspace_detail;

CREATE VIEW workspace_detail AS
SELECT w.*, o.name AS organization_name, o.default_execution_mode AS organization_mode,
       o.default_agent_pool_id AS organization_pool_id, p.default_execution_mode AS project_mode,
       p.default_agent_pool_id AS project_pool_id, p.auto_destroy_activity_duration AS project_auto_destroy,
       u.username AS lock_username, l.name AS lock_team_name,
       EXISTS (SELECT 1 FROM configuration_readme r
               WHERE r.configuration_version_id = w.current_configuration_version_id) AS has_readme,
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

CREATE VIEW agent_pool_detail AS
SELECT p.*, o.name AS organization_name,
       (SELECT count(*) FROM agent a
        WHERE a.agent_pool_id = p.id AND a.status IN ('idle', 'busy', 'unknown')) AS agent_count,
       ARRAY(SELECT u.workspace_id FROM agent_pool_user u
             WHERE u.agent_pool_id = p.id ORDER BY u.name) AS workspace_ids,
       ARRAY(SELECT u.project_id FROM agent_pool_user u
             WHERE u.agent_pool_id = p.id ORDER BY u.name) AS workspace_project_ids,
       ARRAY(SELECT s.workspace_id FROM agent_pool_workspace s
             WHERE s.agent_pool_id = p.id AND NOT s.excluded ORDER BY s.position) AS allowed_workspace_ids,
       ARRAY(SELECT s.workspace_id FROM agent_pool_workspace s
             WHERE s.agent_pool_id = p.id AND s.excluded ORDER BY s.position) AS excluded_workspace_ids,
       ARRAY(SELECT s.project_id FROM agent_pool_project s
             WHERE s.agent_pool_id = p.id ORDER BY s.position) AS allowed_project_ids
FROM agent_pool p
JOIN organization o ON o.id = p.organization_id;

CREATE VIEW variable_set_detail AS
SELECT s.*, o.name AS organization_name,
       ARRAY(SELECT v.id FROM variable v WHERE v.variable_set_id = s.id ORDER BY v.created_at, v.id) AS variable_ids,
       ARRAY(SELECT a.workspace_id FROM variable_set_workspace a WHERE a.variable_set_id = s.id ORDER BY a.position) AS workspace_ids,
       ARRAY(SELECT a.project_id FROM variable_set_project a WHERE a.variable_set_id = s.id ORDER BY a.position) AS project_ids
FROM variable_set s
JOIN organization o ON o.id = s.organization_id;
