package io.otfd.daemon;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The sample run: an organization, a workspace, a configuration without providers, and the real Terraform. */
final class TryRun {

    private static final String ORGANIZATION = "try";
    private static final String WORKSPACE = "hello";

    private static final String CONFIGURATION = """
            terraform {
              cloud {
                hostname     = "%s"
                organization = "%s"
                workspaces {
                  name = "%s"
                }
              }
            }

            resource "terraform_data" "hello" {
              input = "Hello at ${timestamp()}"
            }

            output "hello" {
              value = terraform_data.hello.output
            }
            """;

    private final Config config;
    private final ApiClient api;
    private final String token;

    TryRun(Config config, ApiClient api, String token) {
        this.config = config;
        this.api = api;
        this.token = token;
    }

    /** Whether the run was applied. */
    boolean perform(PrintStream out) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        createOrganization();
        Path directory = Files.createTempDirectory("otfd-try-");
        try {
            Files.writeString(
                    directory.resolve("main.tf"),
                    CONFIGURATION.formatted(config.address().localAuthority(), ORGANIZATION, WORKSPACE));
            Path cli = Files.writeString(directory.resolve("cli.tfrc"), cliConfig());
            for (List<String> arguments :
                    List.of(List.of("init", "-input=false"), List.of("plan"), List.of("apply", "-auto-approve"))) {
                out.println("\n$ terraform " + String.join(" ", arguments));
                out.flush();
                if (terraform(directory, cli, arguments) != 0) {
                    out.println("terraform " + arguments.getFirst() + " failed");
                    return false;
                }
            }
        } finally {
            delete(directory);
        }
        return report(out, begin);
    }

    private void createOrganization() throws IOException {
        JsonObject document = Json.createObjectBuilder()
                .add(
                        "data",
                        Json.createObjectBuilder()
                                .add("type", "organizations")
                                .add(
                                        "attributes",
                                        Json.createObjectBuilder()
                                                .add("name", ORGANIZATION)
                                                .add("email", "try@localhost")))
                .build();
        if (api.status("GET", "/api/v2/organizations/" + ORGANIZATION, Optional.empty()) == 200) {
            return;
        }
        int status = api.status("POST", "/api/v2/organizations", Optional.of(document));
        if (status != 201) {
            throw new IllegalStateException("The organization could not be created: the server answered " + status
                    + (status == 401 ? ", the token is not the server's." : "."));
        }
    }

    /** Credentials, and for plain HTTP where the services are. */
    private String cliConfig() {
        String host = config.address().localAuthority();
        String credentials = "credentials \"" + host + "\" {\n  token = \"" + token + "\"\n}\n";
        if (!config.http()) {
            return credentials;
        }
        StringBuilder services = new StringBuilder("host \"" + host + "\" {\n  services = {\n");
        for (String service : List.of("tfe.v2", "tfe.v2.1", "tfe.v2.2", "state.v2")) {
            services.append("    \"")
                    .append(service)
                    .append("\" = \"http://")
                    .append(host)
                    .append("/api/v2/\"\n");
        }
        return credentials + services + "  }\n}\n";
    }

    private int terraform(Path directory, Path cli, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("terraform"));
        command.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(command).directory(directory.toFile());
        Map<String, String> environment = process.environment();
        environment.keySet().removeIf(name -> name.startsWith("TF_") || name.startsWith("TFE_"));
        environment.put("TF_CLI_CONFIG_FILE", cli.toString());
        environment.put("CHECKPOINT_DISABLE", "1");
        if (!config.http() && config.tlsCert().isEmpty()) {
            environment.put("SSL_CERT_DIR", config.tlsDir().toString());
        }
        process.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.INHERIT);
        process.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        try {
            return process.start().waitFor();
        } catch (IOException e) {
            throw new IOException("Terraform could not be started: is it on the PATH? " + e.getMessage(), e);
        }
    }

    private boolean report(PrintStream out, long begin) throws IOException {
        JsonObject run = api.document("/api/v2/organizations/" + ORGANIZATION + "/workspaces/" + WORKSPACE)
                .map(document -> document.getJsonObject("data")
                        .getJsonObject("relationships")
                        .getJsonObject("current-run")
                        .getJsonObject("data"))
                .orElseThrow(() -> new IllegalStateException("The workspace has no run."));
        String id = run.getString("id");
        String status = api.document("/api/v2/runs/" + id)
                .map(document -> document.getJsonObject("data")
                        .getJsonObject("attributes")
                        .getString("status"))
                .orElse("unknown");
        out.println();
        out.println("run:     " + config.baseUrl() + "/app/" + ORGANIZATION + "/" + WORKSPACE + "/runs/" + id);
        out.printf("status:  %s%n", status);
        out.printf("seconds: %.1f%n", (System.nanoTime() - begin) / 1e9);
        out.flush();
        return status.equals("applied");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
