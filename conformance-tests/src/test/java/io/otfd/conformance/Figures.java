package io.otfd.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measured values in milliseconds. */
final class Figures {

    private final List<Double> values = new ArrayList<>();

    void add(double milliseconds) {
        values.add(milliseconds);
    }

    void addNanoseconds(long nanoseconds) {
        values.add(nanoseconds / 1e6);
    }

    /**
     * A percentile.
     *
     * @param share between 0 and 1
     */
    double at(double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * share)));
    }

    double median() {
        return at(0.5);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms (n=%d)", at(0.5), at(0.99), values.size());
    }
}
