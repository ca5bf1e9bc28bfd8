-- Who belongs to an organization, with or without a team.
CREATE TABLE organization_membership (
    id              text PRIMARY KEY,
    organization_id text NOT NULL REFERENCES organization ON DELETE CASCADE,
    user_id         text NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at      timestamptz NOT NULL,
    CONSTRAINT organization_membership_key UNIQUE (organization_id, user_id)
);

CREATE INDEX organization_membership_user ON organization_membership (user_id);

INSERT INTO organization_membership (id, organization_id, user_id, created_at)
SELECT DISTINCT 'ou-' || left(md5(t.organization_id || m.user_id), 16), t.organization_id, m.user_id, now()
FROM team_member m
JOIN team t ON t.id = m.team_id;

-- Who is in a team is in its organization, and leaves it with the organization.
ALTER TABLE team ADD CONSTRAINT team_organization_key UNIQUE (id, organization_id);

ALTER TABLE team_member ADD COLUMN organization_id text;

UPDATE team_member m
SET organization_id = t.organization_id
FROM team t
WHERE t.id = m.team_id;

ALTER TABLE team_member
    ALTER COLUMN organization_id SET NOT NULL,
    DROP CONSTRAINT team_member_team_id_fkey,
    DROP CONSTRAINT team_member_user_id_fkey,
    ADD CONSTRAINT team_member_team_id_fkey FOREIGN KEY (team_id, organization_id)
        REFERENCES team (id, organization_id) ON DELETE CASCADE,
    ADD CONSTRAINT team_member_membership_fkey FOREIGN KEY (organization_id, user_id)
        REFERENCES organization_membership (organization_id, user_id) ON DELETE CASCADE;
