package io.otfd.registrymodule;

import io.otfd.Refusal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number of a version, in the order of Semantic Versioning 2.0.0. */
public record ModuleVersion(String text) implements Comparable<ModuleVersion> {

    private static final int MAX_LENGTH = 128;
    private static final String NUMBER = "(0|[1-9][0-9]*)";
    private static final String WORDS = "([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)";
    private static final Pattern FORM =
            Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-" + WORDS + ")?(?:\\+" + WORDS + ")?");

    private static final Comparator<ModuleVersion> ORDER = Comparator.comparing(
                    (ModuleVersion version) -> version.number(1))
            .thenComparing(version -> version.number(2))
            .thenComparing(version -> version.number(3))
            .thenComparing(ModuleVersion::comparePreReleases)
            // What is behind the plus is no part of the order; it makes this one total.
            .thenComparing(ModuleVersion::text);

    public ModuleVersion {
        if (text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
            throw Refusal.Invalid.attribute(
                    "version", "must be a semantic version of three numbers, such as 1.2.3 or 1.3.0-beta1");
        }
    }

    public boolean isPreRelease() {
        return !preRelease().isEmpty();
    }

    private BigInteger number(int group) {
        return new BigInteger(parts().group(group));
    }

    private String preRelease() {
        String words = parts().group(4);
        return words == null ? "" : words;
    }

    private Matcher parts() {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalStateException(text);
        }
        return matcher;
    }

    /** One without a pre-release comes after those with one; numbers come before words, and fewer before more. */
    private int comparePreReleases(ModuleVersion other) {
        if (!isPreRelease() || !other.isPreRelease()) {
            return Boolean.compare(other.isPreRelease(), isPreRelease());
        }
        List<String> mine = Arrays.asList(preRelease().split("\\."));
        List<String> theirs = Arrays.asList(other.preRelease().split("\\."));
        for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
            int order = compareWords(mine.get(i), theirs.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(mine.size(), theirs.size());
    }

    private static int compareWords(String one, String other) {
        boolean numeric = isNumber(one);
        if (numeric != isNumber(other)) {
            return numeric ? -1 : 1;
        }
        return numeric ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other);
    }

    private static boolean isNumber(String word) {
        return word.chars().allMatch(character -> character >= '0' && character <= '9');
    }

    @Override
    public int compareTo(ModuleVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text;
    }
}
