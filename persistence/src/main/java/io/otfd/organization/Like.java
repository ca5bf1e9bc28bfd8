package io.otfd.organization;

/** Text from users in LIKE patterns. */
public final class Like {

    private Like() {}

    public static String escape(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
