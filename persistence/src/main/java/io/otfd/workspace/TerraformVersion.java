package io.otfd.workspace;

import io.otfd.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A workspace's engine version: exact, a constraint, or {@code latest}. */
public final class TerraformVersion {

    public static final String LATEST = "latest";

    private static final String ANY = ">= 0";

    private static final Pattern EXACT = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)(-[0-9A-Za-z.-]+)?");
    private static final Pattern TERM = Pattern.compile("(=|!=|>=|<=|>|<|~>)?\\s*(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?");

    private TerraformVersion() {}

    static void check(String text) {
        if (!text.equals(LATEST)
                && !EXACT.matcher(text).matches()
                && terms(text).isEmpty()) {
            throw Refusal.Invalid.attribute(
                    "terraform-version", "must be a version, a version constraint or latest, not " + text);
        }
    }

    /**
     * The version that a run uses: the exact one, the server's own engine where it fits, the newest that the server can give
     * out, or else the constraint for the agent to meet.
     *
     * @param available exact versions; pre-releases among them do not count
     */
    public static String resolve(String wanted, Optional<String> installed, Collection<String> available) {
        if (EXACT.matcher(wanted).matches()) {
            return wanted;
        }
        String constraint = wanted.equals(LATEST) ? ANY : wanted;
        return installed
                .filter(version -> satisfies(version, constraint))
                .or(() -> available.stream()
                        .filter(version -> !version.contains("-") && satisfies(version, constraint))
                        .max((one, other) -> Arrays.compare(numbers(one), numbers(other))))
                .orElse(constraint);
    }

    public static boolean isExact(String text) {
        return EXACT.matcher(text).matches();
    }

    static boolean satisfies(String version, String constraint) {
        List<Term> terms = terms(constraint).orElse(List.of());
        if (!EXACT.matcher(version).matches() || terms.isEmpty()) {
            return false;
        }
        int[] actual = numbers(version);
        return terms.stream().allMatch(term -> term.allows(actual));
    }

    private static int[] numbers(String version) {
        Matcher exact = EXACT.matcher(version);
        return exact.matches()
                ? new int[] {number(exact.group(1)), number(exact.group(2)), number(exact.group(3))}
                : new int[3];
    }

    private record Term(String operator, int[] parts, int given) {

        boolean allows(int[] actual) {
            int order = Arrays.compare(actual, parts);
            return switch (operator) {
                case "=" -> order == 0;
                case "!=" -> order != 0;
                case ">=" -> order >= 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case "<" -> order < 0;
                // The last part given may grow.
                case "~>" ->
                    order >= 0 && Arrays.equals(actual, 0, Math.max(1, given - 1), parts, 0, Math.max(1, given - 1));
                case String other -> throw new IllegalStateException(other);
            };
        }
    }

    private static Optional<List<Term>> terms(String text) {
        List<Term> terms = new ArrayList<>();
        for (String part : text.split(",")) {
            Matcher term = TERM.matcher(part.strip());
            if (!term.matches()) {
                return Optional.empty();
            }
            int given = term.group(4) != null ? 3 : term.group(3) != null ? 2 : 1;
            int[] parts = {number(term.group(2)), number(term.group(3)), number(term.group(4))};
            terms.add(new Term(term.group(1) == null ? "=" : term.group(1), parts, given));
        }
        return Optional.of(terms);
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits.length() > 6 ? "999999" : digits);
    }
}
