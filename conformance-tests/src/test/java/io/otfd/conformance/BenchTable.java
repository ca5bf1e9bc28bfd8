package io.otfd.conformance;

import java.util.Locale;

/** The table that the benchmark prints: what was measured, beside OTF's figure, our goal, and a ratio. */
final class BenchTable {

    private static final String ROW = "%-44s %-40s %-26s %-22s %s%n";

    private BenchTable() {}

    static void head() {
        row("what", "measured", "OTF 0.6.3", "goal", "");
    }

    static void row(String what, String measured, String otf, String goal, String ratio) {
        System.out.printf(Locale.ROOT, ROW, what, measured, otf, goal, ratio);
    }

    /** @param otfPerSecond what the ratio is to */
    static void rate(String what, Load.Rate rate, String otf, String goal, double otfPerSecond) {
        row(what, text(rate), otf, goal, "%.1f x OTF".formatted(rate.perSecond() / otfPerSecond));
    }

    static String text(Load.Rate rate) {
        return String.format(
                Locale.ROOT,
                "%.0f /s, p50 %.1f, p99 %.1f ms",
                rate.perSecond(),
                rate.figures().at(0.5),
                rate.figures().at(0.99));
    }
}
