package io.otfd.team;

/**
 * A team, and what the caller may do with it.
 *
 * @param manageable name, visibility, members, and the team's end
 * @param owned what the team may do in the organization
 * @param tokens its tokens
 */
public record TeamView(Team team, boolean manageable, boolean membership, boolean owned, boolean tokens) {}
