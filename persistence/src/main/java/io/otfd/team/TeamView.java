package io.otfd.team;

/**
 * A team, and what the caller may change about it.
 *
 * @param mayUpdate its name and visibility; and it may delete it, if it is not the team of owners
 * @param mayUpdateMembership who is in it
 * @param mayUpdateAccess what it may do in the organization
 * @param mayUpdateTokens its tokens
 */
public record TeamView(
        Team team, boolean mayUpdate, boolean mayUpdateMembership, boolean mayUpdateAccess, boolean mayUpdateTokens) {}
