package io.otfd.agent.job;

import io.otfd.agent.protocol.JobOffer;
import io.otfd.agent.protocol.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One job's directory, laid out as tfc-agent's: the engine's home with {@code config}, {@code terraform.tfvars}, {@code
 * .terraformrc} and {@code env}. What only the agent reads and writes is in {@code job}.
 *
 * <p>It is named after the run alone, so that plan and apply see the same absolute paths: engines write some of them
 * into plans.
 */
final class Workdir {

    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path root;

    Workdir(Path root) {
        this.root = root;
    }

    /** @throws JobFailure for an id that is not one */
    static Workdir of(Path jobs, JobOffer offer) throws JobFailure {
        if (offer.jobId() == null || !RUN.matcher(offer.jobId()).matches()) {
            throw new JobFailure("The id of the run is not valid.");
        }
        return new Workdir(jobs.resolve(offer.jobId()));
    }

    Path root() {
        return root;
    }

    Path config() {
        return root.resolve("config");
    }

    Path plan() {
        return root.resolve("tfplan");
    }

    Path home() {
        return root;
    }

    Path cliConfig() {
        return root.resolve(".terraformrc");
    }

    /** The private key of the workspace, where it has one. */
    Path sshKey() {
        return root.resolve(".ssh-key");
    }

    /** Keys of the hosts that it was shown to. */
    Path sshHosts() {
        return root.resolve(".ssh-hosts");
    }

    Path variables() {
        return root.resolve("terraform.tfvars");
    }

    /** This job's part in the providers that all jobs share. */
    Path providers() {
        return root.resolve("providers");
    }

    /** Where configuration may be written that a plan generates. */
    Path generated() {
        return root.resolve("generated.tf");
    }

    /** Where hooks say what the engine's environment shall hold besides. */
    Path hookEnvironment() {
        return root.resolve("env");
    }

    /** The agent's own notes. */
    Path job() {
        return root.resolve("job");
    }

    Path step(String name) {
        return steps().resolve(name);
    }

    Path steps() {
        return job().resolve("steps");
    }

    /** One of the agent's own. */
    Path file(String name) {
        return job().resolve(name);
    }

    /** Writes down what the job is, readable by the owner only; the offer of a resumed job replaces the one before. */
    void keep(JobOffer offer) throws IOException {
        Files.createDirectories(steps());
        writePrivate(file("offer.json"), Wire.json().toJson(offer));
        Path started = file("started");
        if (!Files.exists(started)) {
            Files.writeString(started, Instant.now().toString());
        }
    }

    /** When the job was first begun, by whichever process. */
    Instant started() throws IOException {
        return Instant.parse(Files.readString(file("started")).strip());
    }

    /** Of the job that left this directory. */
    JobOffer offer() throws IOException {
        return Wire.json().fromJson(Files.readString(file("offer.json")), JobOffer.class);
    }

    /** All or nothing, even when the process dies meanwhile. */
    static void writePrivate(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PRIVATE);
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Moves the directory to where no job will look for it. */
    void keep(Path kept) throws IOException {
        Files.createDirectories(kept);
        Path free = kept.resolve(root.getFileName() + "-" + offer().type());
        for (int i = 2; Files.exists(free); i++) {
            free = kept.resolve(root.getFileName() + "-" + offer().type() + "-" + i);
        }
        Files.move(root, free, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Gone at once by its name; the space is given back by the time this returns. */
    void remove() throws IOException {
        if (Files.exists(root)) {
            Path trash = root.resolveSibling(".removed-" + UUID.randomUUID());
            Files.move(root, trash, StandardCopyOption.ATOMIC_MOVE);
            Trees.delete(trash);
        }
    }
}
