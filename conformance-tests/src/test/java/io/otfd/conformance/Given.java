package io.otfd.conformance;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** What a test takes for granted, one line each. Everything has a name of its own, so tests do not meet. */
final class Given {

    static final Set<String> FINAL =
            Set.of("applied", "planned_and_finished", "errored", "canceled", "force_canceled", "discarded");

    private final Api api;

    Given(Api api) {
        this.api = api;
    }

    Api api() {
        return api;
    }

    static String name(String stem) {
        return stem + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    Organization organization() {
        String name = name("org");
        created(Document.of("organizations").with("name", name).with("email", "ops@example.com"), "/organizations");
        return new Organization(name, Optional.empty());
    }

    String project(Organization organization, String name) {
        return created(
                Document.of("projects").with("name", name), "/organizations/{org}/projects", organization.name());
    }

    /** An organization whose workspaces run in a pool of its own. */
    Organization organizationWithPool() {
        Organization organization = organization();
        return new Organization(organization.name(), Optional.of(pool(organization)));
    }

    String pool(Organization organization) {
        return created(
                Document.of("agent-pools").with("name", name("pool")),
                "/organizations/{org}/agent-pools",
                organization.name());
    }

    String poolToken(String pool) {
        return api.post(
                        Document.of("authentication-tokens").with("description", "for a test"),
                        "/agent-pools/{pool}/authentication-tokens",
                        pool)
                .then()
                .statusCode(201)
                .extract()
                .path("data.attributes.token");
    }

    /** A team that may do these things in the organization. */
    String team(Organization organization, String... access) {
        Map<String, Boolean> granted = Arrays.stream(access).collect(Collectors.toMap(name -> name, name -> true));
        return created(
                Document.of("teams").with("name", name("team")).with("organization-access", granted),
                "/organizations/{org}/teams",
                organization.name());
    }

    String owners(Organization organization) {
        return api.request()
                .queryParam("filter[names]", "owners")
                .get("/organizations/{org}/teams", organization.name())
                .then()
                .statusCode(200)
                .extract()
                .path("data[0].id");
    }

    /** The API as the team uses it. */
    Api as(String team) {
        return api.as(api.request()
                .post("/teams/{team}/authentication-token", team)
                .then()
                .statusCode(201)
                .extract()
                .path("data.attributes.token"));
    }

    Workspace workspace(Organization organization) {
        return workspace(organization, Map.of());
    }

    /** A workspace that runs in the organization's pool if it has one. */
    Workspace workspace(Organization organization, Map<String, ?> attributes) {
        String name = name("ws");
        Document document = Document.of("workspaces").with("name", name);
        organization
                .pool()
                .ifPresent(pool -> document.with("execution-mode", "agent").with("agent-pool-id", pool));
        String id = created(document.withAll(attributes), "/organizations/{org}/workspaces", organization.name());
        return new Workspace(organization.name(), name, id);
    }

    /** An uploaded configuration of these files, by name. */
    String configuration(Workspace workspace, Map<String, String> files) {
        return configuration(workspace, files, api);
    }

    /** @param maker who makes it; it is uploaded here */
    String configuration(Workspace workspace, Map<String, String> files, Api maker) {
        TarGz archive = new TarGz();
        files.forEach((name, content) -> archive.file(name, content.getBytes(StandardCharsets.UTF_8)));
        return configuration(workspace, archive.bytes(), maker);
    }

    String configuration(Workspace workspace, byte[] archive) {
        return configuration(workspace, archive, api);
    }

    private String configuration(Workspace workspace, byte[] archive, Api maker) {
        ValidatableResponse created = maker.post(
                        Document.of("configuration-versions").with("auto-queue-runs", false),
                        "/workspaces/{id}/configuration-versions",
                        workspace.id())
                .then()
                .statusCode(201);
        String id = created.extract().path("data.id");
        String url = created.extract().path("data.attributes.upload-url");
        api.upload(maker == api ? url : URI.create(url).getRawPath(), archive);
        Eventually.holds(
                id + " being uploaded",
                () -> !"pending".equals(api.attribute("status", "/configuration-versions/{id}", id)));
        return id;
    }

    String run(Workspace workspace, String configuration) {
        return run(workspace, configuration, Map.of());
    }

    String run(Workspace workspace, String configuration, Map<String, ?> attributes) {
        return created(
                Document.of("runs")
                        .withAll(attributes)
                        .toOne("workspace", "workspaces", workspace.id())
                        .toOne("configuration-version", "configuration-versions", configuration),
                "/runs");
    }

    /** The run of one main.tf. */
    String run(Workspace workspace, Map<String, ?> attributes, String main) {
        return run(workspace, configuration(workspace, Map.of("main.tf", main)), attributes);
    }

    String variable(Workspace workspace, Map<String, ?> attributes) {
        return created(Document.of("vars").withAll(attributes), "/workspaces/{id}/vars", workspace.id());
    }

    /** Waits until the run has one of these statuses; fails at once, with its logs, when it ended with another. */
    String await(String run, String... statuses) {
        List<String> wanted = Arrays.asList(statuses);
        AtomicReference<String> last = new AtomicReference<>("unknown");
        return Eventually.value(() -> run + " being one of " + wanted + ", but " + last, () -> {
            String status = status(run);
            last.set(status);
            if (wanted.contains(status)) {
                return Optional.of(status);
            }
            if (FINAL.contains(status)) {
                throw new AssertionError(run + " ended " + status + " instead of " + wanted + "\nplan log:\n"
                        + log(run, "plan") + "\napply log:\n" + log(run, "apply"));
            }
            return Optional.empty();
        });
    }

    /** One by e-mail that has failed: this server sends none. */
    String notification(Workspace workspace) {
        String id = created(
                Document.of("notification-configurations")
                        .with("destination-type", "email")
                        .with("name", "Operators")
                        .with("enabled", true)
                        .with("triggers", List.of("run:errored", "run:needs_attention"))
                        .with("email-addresses", List.of("ops@example.com")),
                "/workspaces/{id}/notification-configurations",
                workspace.id());
        api.request()
                .post("/notification-configurations/{id}/actions/verify", id)
                .then()
                .statusCode(400);
        return id;
    }

    String status(String run) {
        return api.attribute("status", "/runs/{id}", run);
    }

    /** A phase's log as clients read it; the phase is plan or apply. */
    String log(String run, String phase) {
        JsonPath document =
                api.get("/runs/{id}", run).then().statusCode(200).extract().jsonPath();
        String id = document.getString("data.relationships." + phase + ".data.id");
        String path = "plan".equals(phase) ? "/plans/{id}" : "/applies/{id}";
        String url = api.attribute("log-read-url", path, id);
        return url == null ? "" : api.download(url + "?limit=1000000&offset=0");
    }

    /** Addresses of the resources in the workspace's current state; empty when there is none. */
    Set<String> resources(Workspace workspace) {
        return StateFile.current(api, workspace).map(StateFile::resources).orElse(Set.of());
    }

    private String created(Document document, String path, Object... parameters) {
        return api.post(document, path, parameters)
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }
}
