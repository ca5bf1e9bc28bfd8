package io.otfd.agent.job;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of Terraform and the constraints that its users write, such as {@code ~> 1.9, != 1.9.3}. */
final class Versions {

    private static final Pattern EXACT = Pattern.compile("v?(\\d+)\\.(\\d+)\\.(\\d+)(?:-([0-9A-Za-z.-]+))?");
    private static final Pattern CLAUSE =
            Pattern.compile("(=|!=|>=|<=|>|<|~>)?\\s*v?(\\d+(?:\\.\\d+){0,2})(?:-([0-9A-Za-z.-]+))?");

    private record Version(List<Integer> numbers, String suffix) implements Comparable<Version> {

        private static final Comparator<Version> ORDER = Comparator.<Version>comparingInt(v -> v.part(0))
                .thenComparingInt(v -> v.part(1))
                .thenComparingInt(v -> v.part(2))
                .thenComparing(v -> v.suffix.isEmpty())
                .thenComparing(Version::suffix);

        static Version of(String numbers, String suffix) {
            return new Version(
                    Arrays.stream(numbers.split("\\.")).map(Integer::valueOf).toList(), suffix == null ? "" : suffix);
        }

        int part(int index) {
            return index < numbers.size() ? numbers.get(index) : 0;
        }

        @Override
        public int compareTo(Version other) {
            return ORDER.compare(this, other);
        }
    }

    private Versions() {}

    /** True for one whole version, such as {@code 1.11.4} or {@code 1.12.0-beta1}. */
    static boolean isExact(String text) {
        return EXACT.matcher(text).matches();
    }

    static boolean atLeast(String version, String bound) {
        return exact(version).compareTo(exact(bound)) >= 0;
    }

    /**
     * False, too, for a constraint that is not understood. Pre-releases satisfy only their own exact name. A build from
     * source, which calls itself {@code -dev}, satisfies what the release of that source does, too.
     */
    static boolean satisfies(String version, String constraint) {
        if (!isExact(version)) {
            return false;
        }
        Version candidate = exact(version);
        return satisfies(candidate, constraint)
                || candidate.suffix().equals("dev") && satisfies(new Version(candidate.numbers(), ""), constraint);
    }

    private static boolean satisfies(Version candidate, String constraint) {
        return Arrays.stream(constraint.split(",")).allMatch(clause -> clause(candidate, clause.strip()));
    }

    private static boolean clause(Version candidate, String clause) {
        Matcher matcher = CLAUSE.matcher(clause);
        if (!matcher.matches()) {
            return false;
        }
        Version bound = Version.of(matcher.group(2), matcher.group(3));
        int order = candidate.compareTo(bound);
        if (!candidate.suffix().isEmpty() && order != 0) {
            return false;
        }
        return switch (matcher.group(1) == null ? "=" : matcher.group(1)) {
            case "=" -> order == 0;
            case "!=" -> order != 0;
            case ">=" -> order >= 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case "<" -> order < 0;
            case "~>" -> order >= 0 && samePrefix(candidate, bound);
            default -> throw new IllegalStateException(clause);
        };
    }

    /** {@code ~> 1.9.2} stays below 1.10, {@code ~> 1.9} below 2. */
    private static boolean samePrefix(Version candidate, Version bound) {
        for (int i = 0; i < bound.numbers().size() - 1; i++) {
            if (candidate.part(i) != bound.part(i)) {
                return false;
            }
        }
        return true;
    }

    private static Version exact(String text) {
        Matcher matcher = EXACT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a version: " + text);
        }
        return Version.of(matcher.group(1) + "." + matcher.group(2) + "." + matcher.group(3), matcher.group(4));
    }
}
