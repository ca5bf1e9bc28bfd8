package io.otfd.organization;

import io.otfd.Refusal;
import java.util.regex.Pattern;

/** The documented alphabets of names. */
public final class Names {

    private static final Pattern ORGANIZATION = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9_-](?:[A-Za-z0-9 _-]*[A-Za-z0-9_-])?");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?");
    private static final Pattern WORKSPACE = Pattern.compile("[A-Za-z0-9_-]+");

    private Names() {}

    /** 3 to 40 characters (observed: go-tfe's suite uses exactly 40). */
    public static String organization(String name) {
        return check(name, ORGANIZATION, 3, 40, "may only contain letters, numbers, underscores and hyphens");
    }

    public static String project(String name) {
        return check(name, PROJECT, 3, 40, "may only contain letters, numbers, spaces, hyphens and underscores");
    }

    public static String team(String name) {
        return check(name, PROJECT, 1, 90, "may only contain letters, numbers, spaces, hyphens and underscores");
    }

    public static String workspace(String name) {
        return check(name, WORKSPACE, 1, 90, "may only contain letters, numbers, hyphens and underscores");
    }

    public static String agentPool(String name) {
        return check(name, WORKSPACE, 1, 90, "may only contain letters, numbers, hyphens and underscores");
    }

    public static String task(String name) {
        return check(name, WORKSPACE, 1, 90, "may only contain letters, numbers, hyphens and underscores");
    }

    public static String policy(String name) {
        return check(name, WORKSPACE, 1, 90, "may only contain letters, numbers, hyphens and underscores");
    }

    /** Without the @ of addresses. */
    public static String username(String name) {
        return check(
                "username",
                name,
                USER,
                1,
                60,
                "may only contain letters, numbers, dots, hyphens and underscores, with a letter or number at both ends");
    }

    private static String check(String name, Pattern alphabet, int least, int most, String complaint) {
        return check("name", name, alphabet, least, most, complaint);
    }

    private static String check(
            String attribute, String name, Pattern alphabet, int least, int most, String complaint) {
        if (name == null || name.isBlank()) {
            throw Refusal.Invalid.attribute(attribute, "can't be blank");
        }
        if (!alphabet.matcher(name).matches()) {
            throw Refusal.Invalid.attribute(attribute, complaint);
        }
        if (name.length() < least || name.length() > most) {
            throw Refusal.Invalid.attribute(attribute, "must have " + least + " to " + most + " characters");
        }
        return name;
    }
}
