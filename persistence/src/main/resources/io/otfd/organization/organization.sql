-- name: organization.by_name
SELECT o.*, p.id AS default_project_id
FROM organization o
JOIN project p ON p.organization_id = o.id AND p.is_default
WHERE lower(o.name) = lower(:name)

-- name: organization.list
SELECT o.*, p.id AS default_project_id
FROM organization o
JOIN project p ON p.organization_id = o.id AND p.is_default
WHERE (:site_admin
       OR o.id = CAST(:organization_id AS text)
       OR o.id IN (SELECT m.organization_id FROM organization_membership m WHERE m.user_id = CAST(:user_id AS text)))
  AND (o.user_tokens_enabled OR NOT :by_user_token)
  AND (o.name ILIKE :search OR o.email ILIKE :search)
  AND o.name ILIKE :name
  AND o.email ILIKE :email
ORDER BY o.name
LIMIT :limit OFFSET :offset

-- name: organization.count
SELECT count(*) AS count
FROM organization o
WHERE (:site_admin
       OR o.id = CAST(:organization_id AS text)
       OR o.id IN (SELECT m.organization_id FROM organization_membership m WHERE m.user_id = CAST(:user_id AS text)))
  AND (o.user_tokens_enabled OR NOT :by_user_token)
  AND (o.name ILIKE :search OR o.email ILIKE :search)
  AND o.name ILIKE :name
  AND o.email ILIKE :email

-- name: organization.subscribe
UPDATE organization
SET feature_set = :feature_set,
    plan_expires_at = CAST(:plan_expires_at AS timestamptz)
WHERE id = :id

-- name: organization.insert
INSERT INTO organization (id, name, email, created_at, session_timeout, session_remember, collaborator_auth_policy,
                          cost_estimation_enabled, assessments_enforced, send_passing_statuses, aggregated_commit_status_enabled,
                          speculative_plan_management, allow_force_delete_workspaces, default_execution_mode, default_agent_pool_id,
                          owners_team_saml_role_id, user_tokens_enabled, max_ttl_enabled, enforce_hyok, stacks_enabled)
VALUES (:id, :name, :email, :created_at, :session_timeout, :session_remember, :collaborator_auth_policy,
        :cost_estimation_enabled, :assessments_enforced, :send_passing_statuses, :aggregated_commit_status_enabled,
        :speculative_plan_management, :allow_force_delete_workspaces, :default_execution_mode, :default_agent_pool_id,
        :owners_team_saml_role_id, :user_tokens_enabled, :max_ttl_enabled, :enforce_hyok, :stacks_enabled)

-- name: organization.update
UPDATE organization
SET name = :name,
    email = :email,
    created_at = :created_at,
    session_timeout = :session_timeout,
    session_remember = :session_remember,
    collaborator_auth_policy = :collaborator_auth_policy,
    cost_estimation_enabled = :cost_estimation_enabled,
    assessments_enforced = :assessments_enforced,
    send_passing_statuses = :send_passing_statuses,
    aggregated_commit_status_enabled = :aggregated_commit_status_enabled,
    speculative_plan_management = :speculative_plan_management,
    allow_force_delete_workspaces = :allow_force_delete_workspaces,
    default_execution_mode = :default_execution_mode,
    default_agent_pool_id = :default_agent_pool_id,
    owners_team_saml_role_id = :owners_team_saml_role_id,
    user_tokens_enabled = :user_tokens_enabled,
    max_ttl_enabled = :max_ttl_enabled,
    enforce_hyok = :enforce_hyok,
    stacks_enabled = :stacks_enabled
WHERE id = :id

-- name: organization.insert_team
INSERT INTO team (id, organization_id, name)
VALUES (:id, :organization_id, :name)

-- name: organization.forget_default_agent_pool
UPDATE organization
SET default_execution_mode = 'remote',
    default_agent_pool_id = NULL
WHERE id = :id

-- name: organization.delete
DELETE FROM organization
WHERE id = :id

-- name: organization.capacity
SELECT count(*) FILTER (WHERE r.status IN ('pending', 'plan_queued', 'confirmed', 'apply_queued')) AS pending,
       count(*) FILTER (WHERE r.status IN ('planning', 'applying')) AS running
FROM run r
JOIN workspace w ON w.id = r.workspace_id
WHERE w.organization_id = :organization_id
  AND r.status IN ('pending', 'plan_queued', 'planning', 'confirmed', 'apply_queued', 'applying')
