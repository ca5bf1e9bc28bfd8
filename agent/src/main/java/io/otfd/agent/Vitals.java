package io.otfd.agent;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the agent has done so far, for those who watch it. Thread-safe. */
final class Vitals {

    private record Ended(String type, String status) {}

    private final Map<Ended, LongAdder> jobs = new ConcurrentHashMap<>();
    private final LongAdder registrations = new LongAdder();
    private final LongAdder failedCalls = new LongAdder();
    private final LongAdder jobMillis = new LongAdder();

    void registered() {
        registrations.increment();
    }

    void callFailed() {
        failedCalls.increment();
    }

    /** @param status as reported, or {@code lost} */
    void jobEnded(String type, String status, long millis) {
        jobs.computeIfAbsent(new Ended(type, status), key -> new LongAdder()).increment();
        jobMillis.add(millis);
    }

    /** Samples of the counters, each a line's beginning and its value. */
    Map<String, Number> samples() {
        Map<String, Number> samples = new TreeMap<>();
        jobs.forEach((ended, count) -> samples.put(
                "otf_agent_jobs_total{type=\"" + ended.type() + "\",status=\"" + ended.status() + "\"}", count.sum()));
        samples.put("otf_agent_job_seconds_total", jobMillis.sum() / 1000.0);
        samples.put("otf_agent_registrations_total", registrations.sum());
        samples.put("otf_agent_failed_calls_total", failedCalls.sum());
        return samples;
    }
}
