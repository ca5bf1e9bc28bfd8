package io.otfd.ui;

import java.util.regex.Pattern;

/** Where a login may lead: pages of ours, never another site. */
public final class LocalPath {

    private static final int MAX_LENGTH = 2000;

    /** Printable ASCII without backslash, which browsers take for a slash. */
    private static final Pattern PAGE = Pattern.compile("/(?:app|oauth)(?:[/?][!-\\[\\]-~]*)?");

    private LocalPath() {}

    /** The path itself when it is one of our pages, or else the first page. */
    public static String of(String wanted) {
        return wanted.length() <= MAX_LENGTH && PAGE.matcher(wanted).matches() ? wanted : Links.organizations();
    }
}
