package io.otfd.agent.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.otfd.agent.AgentConfig;
import io.otfd.agent.Bench;
import io.otfd.agent.FakeOtfd;
import io.otfd.agent.protocol.Architecture;
import io.otfd.agent.protocol.JobOffer;
import io.otfd.agent.protocol.JobReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs jobs of a server that speaks from memory, on a machine with an engine for tests. */
abstract class JobBench {

    static final String RUN = "run-1";
    static final String HEADER =
            "Terraform v1.11.4\non " + Architecture.platform() + "\nInitializing plugins and modules...\n";
    static final Map<String, String> PLAN_JSON =
            Map.of("FAKE_PLAN_JSON", Bench.resource("plan.json").toString());

    @TempDir
    Path directory;

    final FakeOtfd server = new FakeOtfd();
    final BlockingQueue<JobReport> reports = new LinkedBlockingQueue<>();
    private final List<Thread> jobs = new ArrayList<>();
    Bench bench;
    Workshop workshop;

    @BeforeEach
    void openWorkshop() throws Exception {
        bench = new Bench(directory);
        workshop = workshop(bench.config(server));
    }

    /** Jobs tidy up after their report, in the directory that is deleted next. */
    @AfterEach
    void endJobs() throws Exception {
        for (Thread job : jobs) {
            if (!job.join(Duration.ofSeconds(15))) {
                job.interrupt();
                job.join();
            }
        }
        server.close();
    }

    Workshop workshop(AgentConfig config) throws IOException {
        return new Workshop(config, new OkHttpClient(), bench.log());
    }

    JobOffer plan(byte[] configuration) {
        return offer("plan", configuration, PLAN_JSON, "7200s", false);
    }

    JobOffer offer(
            String type, byte[] configuration, Map<String, String> environment, String timeout, boolean planOnly) {
        return server.offer(type, RUN, configuration, environment, timeout, planOnly);
    }

    JobRunner runner(JobOffer offer) {
        return new JobRunner(workshop, offer, new JobRunner.Reporter() {
            @Override
            public void end(JobReport report) {
                reports.add(report);
            }

            @Override
            public void running(JobReport report) {
                assertThat(report.status(), is("running"));
            }
        });
    }

    JobReport run(JobOffer offer) throws Exception {
        return run(offer, false);
    }

    JobReport run(JobOffer offer, boolean withoutConfiguration) throws Exception {
        if (withoutConfiguration) {
            server.blobs.remove("/blob/run-1/configuration");
        }
        begin(runner(offer)).join();
        JobReport report = reports.poll();
        assertThat(report, notNullValue());
        return report;
    }

    Thread begin(JobRunner runner) {
        Thread job = Thread.ofVirtual().start(() -> {
            try {
                runner.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        jobs.add(job);
        return job;
    }

    String blob(String name) {
        return new String(server.blobs.get("/blob/run-1/" + name), StandardCharsets.UTF_8);
    }

    Path unpack(byte[] archive) throws Exception {
        Path target = Files.createTempDirectory(directory, "unpacked");
        Unpack.into(target, new ByteArrayInputStream(archive), "The filesystem");
        return target;
    }
}
