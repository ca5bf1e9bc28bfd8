package io.otfd.conformance;

import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What all ordinary tests of one JVM share: one server, and per {@link Mode} one organization. A server that runs already is
 * used instead when OTFD_URL and OTFD_TOKEN (and OTFD_CA) are set.
 */
final class Shared implements AutoCloseable {

    /**
     * With assertions: the server compares whatever it answers with what it declares. Such a JVM starts once, so that
     * training a class cache for it would only hold up the servers that wait for theirs.
     */
    private static final String CHECKED = "-ea:io.otfd... -XX:+UseSerialGC -Xms96m -Xmn48m -Xmx512m";

    /** Nothing is fetched in tests. */
    private static final String[] NO_MIRROR = {
        "--engine-mirror", "http://127.0.0.1:1", "--tofu-mirror", "http://127.0.0.1:1"
    };

    private final Sandbox sandbox = new Sandbox();
    private final Server server;
    private final Map<Mode, Organization> organizations = new EnumMap<>(Mode.class);

    Shared() {
        Optional<String> url = Optional.ofNullable(System.getenv("OTFD_URL"));
        this.server = url.map(Shared::existing).orElseGet(this::own);
    }

    private static Server existing(String url) {
        return new Server(
                URI.create(url),
                System.getenv("OTFD_TOKEN"),
                Optional.ofNullable(System.getenv("OTFD_CA")).map(Path::of));
    }

    private Server own() {
        try {
            return sandbox.otfd(Map.of("OTFD_JAVA_OPTS", CHECKED, "OTFD_AOT", "off"), NO_MIRROR)
                    .server();
        } catch (RuntimeException | AssertionError exception) {
            sandbox.close();
            throw exception;
        }
    }

    Server server() {
        return server;
    }

    Given given() {
        return new Given(new Api(server));
    }

    /** The organization whose workspaces run this way; that of the agent mode has a real otf-agent in its pool. */
    synchronized Organization organization(Mode mode) {
        return organizations.computeIfAbsent(mode, this::create);
    }

    /** A new workspace of this mode and a directory with a cloud block for it, already initialized. */
    Terraform terraform(Mode mode, Sandbox sandbox, String configuration) {
        return terraform(mode, sandbox, Map.of(), configuration);
    }

    Terraform terraform(Mode mode, Sandbox sandbox, Map<String, ?> attributes, String configuration) {
        Workspace workspace = given().workspace(organization(mode), attributes);
        Terraform terraform = new Terraform(server, sandbox, workspace.name());
        terraform.write("cloud.tf", Terraform.cloud(server, workspace));
        terraform.write("main.tf", configuration);
        terraform.run("init", "-input=false").succeeded();
        return terraform;
    }

    /** The workspace that {@link #terraform} made. */
    Workspace workspace(Mode mode, Terraform terraform) {
        String organization = organization(mode).name();
        String id = given().api()
                .get("/organizations/{org}/workspaces/{name}", organization, terraform.name())
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
        return new Workspace(organization, terraform.name(), id);
    }

    String tails(int lines) {
        return sandbox.tails(lines);
    }

    @Override
    public void close() {
        sandbox.close();
    }

    private Organization create(Mode mode) {
        return switch (mode) {
            case REMOTE -> given().organization();
            case AGENT -> {
                Organization organization = given().organizationWithPool();
                sandbox.agent(server, given().poolToken(organization.pool().orElseThrow()), "--concurrency", "5");
                yield organization;
            }
        };
    }
}
