-- name: agent_pool.by_id
SELECT p.*
FROM agent_pool_detail p
WHERE p.id = :id

-- name: agent_pool.scope
-- Without the users, who may be all workspaces of the organization: it is read for each run.
SELECT p.organization_id, p.organization_scoped,
       ARRAY(SELECT s.workspace_id FROM agent_pool_workspace s
             WHERE s.agent_pool_id = p.id AND NOT s.excluded ORDER BY s.position) AS allowed_workspace_ids,
       ARRAY(SELECT s.workspace_id FROM agent_pool_workspace s
             WHERE s.agent_pool_id = p.id AND s.excluded ORDER BY s.position) AS excluded_workspace_ids,
       ARRAY(SELECT s.project_id FROM agent_pool_project s
             WHERE s.agent_pool_id = p.id ORDER BY s.position) AS allowed_project_ids
FROM agent_pool p
WHERE p.id = :id

-- name: agent_pool.organization
SELECT organization_id
FROM agent_pool
WHERE id = :id

-- name: agent_pool.organization_scoped
SELECT organization_scoped
FROM agent_pool
WHERE id = :id
  AND organization_id = :organization_id

-- name: agent_pool.list
-- The filters ask which pools a workspace or a project may use; one that the whole organization may use passes both
-- (observed: go-tfe's suite).
SELECT p.*
FROM agent_pool_detail p
WHERE p.organization_id = :organization_id
  AND p.name ILIKE :search
  AND (CAST(:workspace_name AS text) IS NULL OR NOT EXISTS (
        SELECT 1 FROM agent_pool_workspace s JOIN workspace w ON w.id = s.workspace_id
        WHERE s.agent_pool_id = p.id AND s.excluded AND w.name = CAST(:workspace_name AS text)))
  AND (CAST(:workspace_name AS text) IS NULL OR p.organization_scoped OR EXISTS (
        SELECT 1 FROM agent_pool_workspace s JOIN workspace w ON w.id = s.workspace_id
        WHERE s.agent_pool_id = p.id AND NOT s.excluded AND w.name = CAST(:workspace_name AS text)) OR EXISTS (
        SELECT 1 FROM agent_pool_project s JOIN workspace w ON w.project_id = s.project_id
        WHERE s.agent_pool_id = p.id AND w.name = CAST(:workspace_name AS text)))
  AND (CAST(:project_name AS text) IS NULL OR p.organization_scoped OR EXISTS (
        SELECT 1 FROM agent_pool_project s JOIN project j ON j.id = s.project_id
        WHERE s.agent_pool_id = p.id AND lower(j.name) = lower(CAST(:project_name AS text))))
ORDER BY CASE WHEN :sort = 'name' THEN p.name END,
         CASE WHEN :sort = 'name_descending' THEN p.name END DESC,
         CASE WHEN :sort = 'created_at_descending' THEN p.created_at END DESC,
         p.created_at, p.id
LIMIT :limit OFFSET :offset

-- name: agent_pool.count
SELECT count(*) AS count
FROM agent_pool p
WHERE p.organization_id = :organization_id
  AND p.name ILIKE :search
  AND (CAST(:workspace_name AS text) IS NULL OR NOT EXISTS (
        SELECT 1 FROM agent_pool_workspace s JOIN workspace w ON w.id = s.workspace_id
        WHERE s.agent_pool_id = p.id AND s.excluded AND w.name = CAST(:workspace_name AS text)))
  AND (CAST(:workspace_name AS text) IS NULL OR p.organization_scoped OR EXISTS (
        SELECT 1 FROM agent_pool_workspace s JOIN workspace w ON w.id = s.workspace_id
        WHERE s.agent_pool_id = p.id AND NOT s.excluded AND w.name = CAST(:workspace_name AS text)) OR EXISTS (
        SELECT 1 FROM agent_pool_project s JOIN workspace w ON w.project_id = s.project_id
        WHERE s.agent_pool_id = p.id AND w.name = CAST(:workspace_name AS text)))
  AND (CAST(:project_name AS text) IS NULL OR p.organization_scoped OR EXISTS (
        SELECT 1 FROM agent_pool_project s JOIN project j ON j.id = s.project_id
        WHERE s.agent_pool_id = p.id AND lower(j.name) = lower(CAST(:project_name AS text))))

-- name: agent_pool.insert
INSERT INTO agent_pool (id, organization_id, name, organization_scoped, created_at)
VALUES (:id, :organization_id, :name, :organization_scoped, :now)

-- name: agent_pool.update
UPDATE agent_pool
SET name = :name,
    organization_scoped = :organization_scoped
WHERE id = :id

-- name: agent_pool.insert_workspace
INSERT INTO agent_pool_workspace (agent_pool_id, workspace_id, excluded, position)
SELECT :id, w.id, :excluded, :position
FROM workspace w
WHERE w.id = :workspace_id
  AND w.organization_id = :organization_id

-- name: agent_pool.insert_project
INSERT INTO agent_pool_project (agent_pool_id, project_id, position)
SELECT :id, j.id, :position
FROM project j
WHERE j.id = :project_id
  AND j.organization_id = :organization_id

-- name: agent_pool.delete_workspaces
DELETE FROM agent_pool_workspace
WHERE agent_pool_id = :id

-- name: agent_pool.delete_projects
DELETE FROM agent_pool_project
WHERE agent_pool_id = :id

-- name: agent_pool.lock_row
-- Changes of one pool come one after the other, or the lists of one would be lost to another.
SELECT p.id
FROM agent_pool p
WHERE p.id = :id
FOR NO KEY UPDATE

-- name: agent_pool.users
-- Who names the pool: organizations and projects by default, workspaces as their own, runs that wait for its agents.
SELECT 'organization ' || o.name AS name
FROM organization o
WHERE o.default_agent_pool_id = :id
UNION ALL
SELECT 'project ' || j.name
FROM project j
WHERE j.default_agent_pool_id = :id
UNION ALL
SELECT 'workspace ' || w.name
FROM workspace w
WHERE w.agent_pool_id = :id
UNION ALL
SELECT 'run ' || q.run_id
FROM job q
WHERE q.queue = :id
  AND q.status <> 'finished'
LIMIT 5

-- name: agent_pool.demand
SELECT p.id, p.name, o.name AS organization_name,
       COALESCE(j.plan_queued, 0) AS plan_queued,
       COALESCE(j.plan_running, 0) AS plan_running,
       COALESCE(j.apply_queued, 0) AS apply_queued,
       COALESCE(j.apply_running, 0) AS apply_running,
       COALESCE(a.idle, 0) AS agents_idle,
       COALESCE(a.busy, 0) AS agents_busy,
       COALESCE(a.unknown, 0) AS agents_unknown,
       COALESCE(a.slots, 0) AS slots
FROM agent_pool p
JOIN organization o ON o.id = p.organization_id
LEFT JOIN (
    SELECT queue,
           count(*) FILTER (WHERE kind = 'plan' AND status = 'queued') AS plan_queued,
           count(*) FILTER (WHERE kind = 'plan' AND status = 'claimed') AS plan_running,
           count(*) FILTER (WHERE kind = 'apply' AND status = 'queued') AS apply_queued,
           count(*) FILTER (WHERE kind = 'apply' AND status = 'claimed') AS apply_running
    FROM job
    WHERE status = 'queued' OR status = 'claimed'
    GROUP BY queue) j ON j.queue = p.id
LEFT JOIN (
    SELECT agent_pool_id,
           count(*) FILTER (WHERE status = 'idle') AS idle,
           count(*) FILTER (WHERE status = 'busy') AS busy,
           count(*) FILTER (WHERE status = 'unknown') AS unknown,
           sum(concurrency) FILTER (WHERE status <> 'unknown' AND NOT draining) AS slots
    FROM agent
    WHERE status IN ('idle', 'busy', 'unknown')
    GROUP BY agent_pool_id) a ON a.agent_pool_id = p.id
WHERE CAST(:ids AS text[]) IS NULL
   OR p.id = ANY(CAST(:ids AS text[]))
ORDER BY p.id

-- name: agent_pool.delete
DELETE FROM agent_pool
WHERE id = :id

-- name: agent.by_id
SELECT *
FROM agent
WHERE id = :id

-- name: agent.by_instance
SELECT *
FROM agent
WHERE instance_id = :instance_id
  AND status NOT IN ('errored', 'exited')

-- name: agent.list
SELECT *
FROM agent
WHERE agent_pool_id = :agent_pool_id
  AND last_ping_at >= :since
ORDER BY CASE WHEN :sort = 'created_at_descending' THEN created_at END DESC, created_at, id
LIMIT :limit OFFSET :offset

-- name: agent.count
SELECT count(*) AS count
FROM agent
WHERE agent_pool_id = :agent_pool_id
  AND last_ping_at >= :since

-- name: agent.insert
INSERT INTO agent (id, agent_pool_id, instance_id, name, ip_address, version, arch, os, concurrency, extended, accept, dialect,
                   executor, engines, labels, status)
VALUES (:id, :agent_pool_id, :instance_id, :name, :ip_address, :version, :arch, :os, :concurrency, :extended,
        CAST(:accept AS text[]), :dialect, :executor, CAST(:engines AS text[]), CAST(:labels AS jsonb), 'idle')

-- name: agent.update
UPDATE agent
SET name = :name,
    ip_address = :ip_address,
    version = :version,
    arch = :arch,
    os = :os,
    concurrency = :concurrency,
    extended = :extended,
    accept = CAST(:accept AS text[]),
    executor = :executor,
    engines = CAST(:engines AS text[]),
    labels = CAST(:labels AS jsonb),
    draining = false,
    drain_message = NULL,
    last_ping_at = now()
WHERE id = :id

-- name: agent.ping
-- Times are the database's: the clocks of hosts differ.
UPDATE agent
SET status = :status,
    last_ping_at = now()
WHERE id = :id
  AND status NOT IN ('errored', 'exited')
RETURNING *

-- name: agent.poll
-- An agent that asks for work lives, and says what it takes.
UPDATE agent
SET status = CASE
        WHEN status <> 'unknown' THEN status
        WHEN EXISTS (SELECT 1 FROM job j WHERE j.agent_id = agent.id AND j.status = 'claimed') THEN 'busy'
        ELSE 'idle'
    END,
    accept = CAST(:accept AS text[]),
    last_ping_at = now()
WHERE id = :id
  AND status NOT IN ('errored', 'exited')
RETURNING *

-- name: agent.mark_unknown
-- An agent that does not know our extensions may speak at its polls only, every 30 seconds: it has three times as long.
-- OTF's speak every 10 seconds.
-- Silence counts for as long only as the server has been listening.
UPDATE agent
SET status = 'unknown'
WHERE status IN ('idle', 'busy')
  AND last_ping_at < now() - make_interval(
        secs => CAST(:unknown_seconds AS double precision) * CASE WHEN extended OR dialect = 'otf' THEN 1 ELSE 3 END)
  AND CAST(:attentive_seconds AS double precision)
      >= CAST(:unknown_seconds AS double precision) * CASE WHEN extended OR dialect = 'otf' THEN 1 ELSE 3 END
RETURNING *

-- name: agent.mark_errored
UPDATE agent
SET status = 'errored'
WHERE status = 'unknown'
  AND last_ping_at < now() - make_interval(
        secs => CAST(:errored_seconds AS double precision)
            + CAST(:unknown_seconds AS double precision) * CASE WHEN extended OR dialect = 'otf' THEN 1 ELSE 3 END)
  AND CAST(:attentive_seconds AS double precision) >= CAST(:errored_seconds AS double precision)
      + CAST(:unknown_seconds AS double precision) * CASE WHEN extended OR dialect = 'otf' THEN 1 ELSE 3 END
RETURNING *

-- name: agent.drain
UPDATE agent
SET draining = :draining,
    drain_message = :message
WHERE id = :id

-- name: agent.delete
DELETE FROM agent
WHERE id = :id

-- name: agent.purge
DELETE FROM agent
WHERE status IN ('errored', 'exited')
  AND last_ping_at < now() - make_interval(secs => CAST(:seconds AS double precision))

-- name: agent.overview
SELECT a.*, p.name AS pool_name, o.name AS organization_name
FROM agent a
JOIN agent_pool p ON p.id = a.agent_pool_id
JOIN organization o ON o.id = p.organization_id
WHERE p.organization_id = :organization_id
  AND (CAST(:agent_pool_id AS text) IS NULL OR p.id = CAST(:agent_pool_id AS text))
ORDER BY a.status IN ('errored', 'exited'), a.created_at DESC, a.id
LIMIT :limit OFFSET :offset

-- name: agent.overview_count
SELECT count(*) AS count
FROM agent a
JOIN agent_pool p ON p.id = a.agent_pool_id
WHERE p.organization_id = :organization_id
  AND (CAST(:agent_pool_id AS text) IS NULL OR p.id = CAST(:agent_pool_id AS text))

-- name: agent.overview_of_site
-- Those of all pools, and those inside servers.
SELECT a.*, p.name AS pool_name, o.name AS organization_name
FROM agent a
LEFT JOIN agent_pool p ON p.id = a.agent_pool_id
LEFT JOIN organization o ON o.id = p.organization_id
ORDER BY a.status IN ('errored', 'exited'), a.created_at DESC, a.id
LIMIT :limit OFFSET :offset

-- name: agent.overview_of_site_count
SELECT count(*) AS count
FROM agent

-- name: agent.work
-- What the agents hold now, in the order in which it was queued. Query runs have no page to lead to.
SELECT j.agent_id, j.run_id, j.kind, r.workspace_id
FROM job j
JOIN run r ON r.id = j.run_id
WHERE j.agent_id = ANY(CAST(:ids AS text[]))
  AND NOT j.query
  AND j.status = 'claimed'
ORDER BY j.id

-- name: agent.count_by_status
SELECT count(*) AS count
FROM agent
WHERE status = :status
