package io.otfd.user;

import io.otfd.Ids.UserId;

/** A person. */
public record User(UserId id, String username, String email, boolean siteAdmin) {}
