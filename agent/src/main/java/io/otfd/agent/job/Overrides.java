package io.otfd.agent.job;

import io.otfd.agent.protocol.JobData;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files that turn a user's configuration into one that keeps its state with us. */
final class Overrides {

    /** Override files are merged in the order of their names. */
    private static final String BACKEND = "zzz_backend_override.tf";

    private static final String LOCALHOST = "localhost";

    private final URI address;
    private final String host;
    private final Set<String> aliases;
    private final HostCliConfig hostConfig;

    /** @param aliases as in {@link io.otfd.agent.AgentConfig} */
    Overrides(URI address, String host, Set<String> aliases, HostCliConfig hostConfig) {
        this.address = address;
        this.host = host;
        this.aliases = aliases;
        this.hostConfig = hostConfig;
    }

    /** A leftover local state would make init ask whether to migrate it: observed, Terraform 1.11. */
    static void clean(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "{terraform.tfstate*,.terraform}")) {
            for (Path entry : entries) {
                if (entry.getFileName().toString().equals(".terraform")
                        && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    cleanEngineDirectory(entry);
                } else {
                    Trees.delete(entry);
                }
            }
        }
    }

    private static void cleanEngineDirectory(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().equals("modules")) {
                    Trees.delete(entry);
                }
            }
        }
    }

    void backend(Path directory, JobData job, String engineVersion) throws IOException {
        // The cloud block came with Terraform 1.1.
        boolean cloud = !Versions.isExact(engineVersion) || Versions.atLeast(engineVersion, "1.1.0");
        String text = """
                terraform {
                  %s {
                    hostname     = %s
                    organization = %s
                    workspaces {
                      name = %s
                    }
                  }
                }
                """.formatted(
                        cloud ? "cloud" : "backend \"remote\"",
                        Hcl.quoted(host),
                        Hcl.quoted(job.organizationName()),
                        Hcl.quoted(job.workspaceName()));
        Path file = directory.resolve(BACKEND);
        Trees.delete(file);
        Files.writeString(file, text);
    }

    /**
     * The CLI configuration: the operator's settings, the run's token, and where the services are for names of the
     * server that Terraform cannot discover them by.
     */
    void cliConfig(Path file, String token) throws IOException {
        Set<String> names = new TreeSet<>(aliases);
        names.add(host);
        names.addAll(dotted(names));
        StringBuilder text = new StringBuilder(hostConfig.without(names));
        for (String name : names) {
            text.append("credentials ")
                    .append(Hcl.quoted(name))
                    .append(" {\n  token = ")
                    .append(Hcl.quoted(token))
                    .append("\n}\n");
            if (!name.equals(host) || "http".equals(address.getScheme())) {
                text.append(services(name));
            }
        }
        Workdir.writePrivate(file, text.toString());
    }

    /** Terraform wants a dot in the host of a module's source: what is called localhost elsewhere is 127.0.0.1 there. */
    private static List<String> dotted(Set<String> names) {
        return names.stream()
                .filter(name -> name.equals(LOCALHOST) || name.startsWith(LOCALHOST + ":"))
                .map(name -> "127.0.0.1" + name.substring(LOCALHOST.length()))
                .toList();
    }

    private String services(String host) {
        StringBuilder text = new StringBuilder("host ").append(Hcl.quoted(host)).append(" {\n  services = {\n");
        services()
                .forEach((name, path) -> text.append("    ")
                        .append(Hcl.quoted(name))
                        .append(" = ")
                        .append(Hcl.quoted(address.resolve(path).toString()))
                        .append('\n'));
        return text.append("  }\n}\n").toString();
    }

    private static Map<String, String> services() {
        return new TreeMap<>(Map.of(
                "tfe.v2", "/api/v2/",
                "tfe.v2.1", "/api/v2/",
                "tfe.v2.2", "/api/v2/",
                "state.v2", "/api/v2/",
                "modules.v1", "/api/registry/v1/modules/",
                "providers.v1", "/api/registry/v1/providers/"));
    }

    /** Providers that this machine's user has put where Terraform looks by itself are found from the job's home, too. */
    void home(Path home) throws IOException {
        Files.createDirectories(home.resolve(".terraform.d"));
        Path link = home.resolve(".terraform.d").resolve("plugins");
        if (hostConfig.implicitPlugins().isPresent() && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(link, hostConfig.implicitPlugins().get());
        }
    }
}
