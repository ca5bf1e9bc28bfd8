package io.otfd.agent;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A machine for agents under test: an engine on the PATH, a home, a data directory, and their log lines. */
public final class Bench {

    public final Path directory;
    public final Path dataDir;
    public final List<AgentLog.Line> lines = new CopyOnWriteArrayList<>();
    public final Map<String, String> environment = new HashMap<>();

    public Bench(Path directory) throws IOException {
        this.directory = directory;
        this.dataDir = directory.resolve("data");
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Files.copy(resource("fake-terraform"), bin.resolve("terraform"));
        bin.resolve("terraform").toFile().setExecutable(true);
        environment.put("PATH", bin + ":/usr/bin:/bin");
        environment.put(
                "HOME", Files.createDirectories(directory.resolve("home")).toString());
        environment.put("OTF_TOKEN", FakeOtfd.TOKEN);
        environment.put("AWS_SECRET_ACCESS_KEY", "secret of the host");
    }

    public static Path resource(String name) {
        try {
            return Path.of(Bench.class.getResource("/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public AgentConfig config(FakeOtfd server) {
        return AgentConfig.of(server.address(), FakeOtfd.TOKEN, dataDir)
                .withName("bench")
                .withConcurrency(2)
                .withEnvironment(environment);
    }

    public AgentLog log() {
        AgentLog log = lines::add;
        return log.from(AgentLog.Level.INFO, false);
    }

    public Path job(String runId) {
        return dataDir.resolve("component/terraform/runs").resolve(runId);
    }

    public Path config(String runId) {
        return job(runId).resolve("config");
    }

    /** The engine's own notes; empty while there are none. */
    public List<String> calls(String runId) throws IOException {
        Path calls = config(runId).resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    public void awaitEngine(String runId) throws Exception {
        Eventually.until(
                "the engine of " + runId + " runs",
                () -> Files.exists(config(runId).resolve("started")));
    }

    public void letEngineGo(String runId) throws IOException {
        Files.writeString(config(runId).resolve("go"), "");
    }

    /** A program of the operator, run by a shell. */
    public void hook(String name, String script) throws IOException {
        Path hook = Files.createDirectories(dataDir.resolve("hooks")).resolve("terraform-" + name);
        Files.writeString(hook, "#!/bin/sh\n" + script + "\n");
        hook.toFile().setExecutable(true);
    }

    public int enginePid(String runId) throws IOException {
        return Integer.parseInt(
                Files.readString(job(runId).resolve("job/steps/02-plan/pid")).strip());
    }
}
