package io.otfd.conformance;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An agent that is not ours: it knows what third parties know of the agent protocol (plain JSON below /api/agent, signed URLs
 * for everything else) and none of our extensions.
 */
final class ForeignAgent {

    /** Of this machine. */
    static final String ARCH = "aarch64".equals(System.getProperty("os.arch")) ? "arm64" : "amd64";

    private static final String PLAN = """
            {"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":{}},
             "resource_changes":[{"address":"terraform_data.one","mode":"managed","type":"terraform_data","name":"one",
               "provider_name":"terraform.io/builtin/terraform","change":{"actions":["create"],"before":null,
               "after":{"input":"canned"},"after_unknown":{"id":true},"before_sensitive":false,"after_sensitive":{}}}],
             "output_changes":{},"configuration":{}}
            """;

    private static final String SCHEMAS = """
            {"format_version":"1.0","provider_schemas":{"terraform.io/builtin/terraform":{"resource_schemas":{"terraform_data":
             {"version":0,"block":{"attributes":{"id":{"type":"string","computed":true},"input":{"type":"dynamic","optional":true}},
             "description_kind":"plain"}}}}}}
            """;

    private final Api api;
    private final String poolToken;
    private final String arch;
    private String id = "";

    ForeignAgent(Api api, String poolToken) {
        this(api, poolToken, ARCH);
    }

    /** On a machine of that kind. */
    ForeignAgent(Api api, String poolToken, String arch) {
        this.api = api;
        this.poolToken = poolToken;
        this.arch = arch;
    }

    /** A job as it was offered. */
    record Job(JsonPath json) {

        String type() {
            return json.getString("type");
        }

        Map<String, Object> document() {
            return json.getMap("");
        }

        String data(String member) {
            return json.getString("data." + member);
        }
    }

    Response tryToRegister(String name) {
        return request()
                .body(Document.json(Map.of("name", name, "arch", arch, "os", "linux")))
                .post("/api/agent/register");
    }

    /** Registers and says that it is idle. */
    ForeignAgent register(String name) {
        id = tryToRegister(name).then().statusCode(200).extract().path("id");
        status("idle").then().statusCode(200);
        return this;
    }

    String id() {
        return id;
    }

    /** Asks once, and is answered at once. */
    Optional<Job> pollAtOnce() {
        return poll("/api/agent/jobs?hold=0");
    }

    /** Asks once. The server may hold the request for up to 25 seconds. */
    Optional<Job> poll() {
        return poll("/api/agent/jobs");
    }

    private Optional<Job> poll(String path) {
        Response response = request().header("Tfc-Agent-Accept", "plan,apply").get(path);
        return switch (response.statusCode()) {
            case 204 -> Optional.empty();
            case 200 -> Optional.of(new Job(response.jsonPath()));
            default -> throw new AssertionError("GET /api/agent/jobs answered " + response.statusCode());
        };
    }

    /** Says what it takes, without waiting for it. */
    void pollFor(String kinds) {
        request()
                .header("Tfc-Agent-Accept", kinds)
                .get("/api/agent/jobs?hold=0")
                .then()
                .statusCode(204);
    }

    Job awaitJob() {
        return Eventually.value("a job for " + id, this::poll);
    }

    Response status(String status) {
        return request()
                .header("Tfc-Agent-Message-Index", "0")
                .body(Document.json(Map.of("status", status)))
                .put("/api/agent/status");
    }

    /** Reports on a job; the agent is busy while it runs and idle after it. */
    Response report(Job job, String status, Map<String, Object> results) {
        Map<String, Object> data = new LinkedHashMap<>(results);
        data.put("run_id", job.data("run_id"));
        data.put("operation", job.type());
        Map<String, Object> report = Map.of("type", job.type(), "status", status, "data", data);
        return request()
                .header("Tfc-Agent-Message-Index", "0")
                .body(Document.json(Map.of("status", "running".equals(status) ? "busy" : "idle", "job", report)))
                .put("/api/agent/status");
    }

    /** Does all that a plan takes, with a canned plan of one new resource. Returns the configuration it was given. */
    byte[] plan(Job job, String filesystem) {
        return plan(job, filesystem, PLAN, SCHEMAS);
    }

    /** @param plan and schemas as Terraform's JSON has them */
    byte[] plan(Job job, String filesystem, String plan, String schemas) {
        report(job, "running", Map.of()).then().statusCode(200);
        byte[] configuration = api.anonymous()
                .urlEncodingEnabled(false)
                .get(job.data("configuration_version_url"))
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        log(job, "\u0002canned plan, first part\n", "canned plan, second part\n\u0003");
        upload(job.data("json_plan_url"), plan);
        upload(job.data("json_provider_schemas_url"), schemas);
        upload(job.data("filesystem_url"), filesystem);
        report(
                        job,
                        "finished",
                        Map.of(
                                "has_changes", true,
                                "resource_additions", 1,
                                "resource_changes", 0,
                                "resource_destructions", 0,
                                "resource_imports", 0))
                .then()
                .statusCode(200);
        return configuration;
    }

    /** Does all that an apply takes: the state goes to the API with the run's token. Returns the filesystem it was given. */
    String apply(Job job, StateFile state) {
        report(job, "running", Map.of()).then().statusCode(200);
        String filesystem = api.download(job.data("filesystem_url"));
        handIn(job, state, "canned apply\n");
        return filesystem;
    }

    private void handIn(Job job, StateFile state, String output) {
        Api run = api.as(job.data("token"));
        String workspace = run.get(
                        "/organizations/{org}/workspaces/{name}",
                        job.data("organization_name"),
                        job.data("workspace_name"))
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
        run.post(
                        Document.of("state-versions")
                                .with("serial", state.serial())
                                .with("md5", state.md5())
                                .with("state", state.base64())
                                .toOne("run", "runs", job.data("run_id")),
                        "/workspaces/{id}/state-versions",
                        workspace)
                .then()
                .statusCode(201);
        log(job, "\u0002Terraform v1.11.4\non linux_amd64\nInitializing plugins and modules...\n", output + "\u0003");
        report(job, "finished", Map.of("resource_additions", 1, "resource_changes", 0, "resource_destructions", 0))
                .then()
                .statusCode(200);
    }

    /**
     * Does the job with the engine that it names.
     *
     * @param directory of its own
     */
    void perform(Job job, Path directory) {
        report(job, "running", Map.of()).then().statusCode(200);
        FetchedEngine engine = FetchedEngine.of(api, job, directory);
        if (job.type().equals("apply")) {
            engine.unpack(bytes(job.data("filesystem_url")));
            String output = engine.run("apply", "-input=false", "-no-color", "tfplan");
            handIn(job, new StateFile(new String(engine.file("terraform.tfstate"), StandardCharsets.UTF_8)), output);
            return;
        }
        engine.unpack(bytes(job.data("configuration_version_url")));
        String init = engine.run("init", "-input=false", "-no-color");
        String plan = engine.run("plan", "-input=false", "-no-color", "-out=tfplan");
        log(job, "\u0002" + init, plan + "\u0003");
        upload(job.data("json_plan_url"), engine.run("show", "-json", "tfplan"));
        upload(job.data("json_provider_schemas_url"), engine.run("providers", "schema", "-json"));
        api.upload(job.data("filesystem_url"), engine.pack());
        report(job, "finished", Map.of("has_changes", true)).then().statusCode(200);
    }

    byte[] bytes(String url) {
        return api.anonymous()
                .urlEncodingEnabled(false)
                .get(url)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
    }

    /** Appends a piece of log; with its place in the stream, as our agents do, or without. */
    Response appendLog(Job job, Optional<Long> offset, String piece) {
        return appendLog(job, offset, piece.getBytes(StandardCharsets.UTF_8));
    }

    Response appendLog(Job job, Optional<Long> offset, byte[] piece) {
        RequestSpecification request = log(piece);
        offset.ifPresent(place -> request.header("Otf-Log-Offset", place.toString()));
        return request.patch(job.data("terraform_log_url"));
    }

    /** At a place that need not be a number. */
    Response appendLogAt(Job job, String place, String piece) {
        return log(piece.getBytes(StandardCharsets.UTF_8))
                .header("Otf-Log-Offset", place)
                .patch(job.data("terraform_log_url"));
    }

    private RequestSpecification log(byte[] piece) {
        return api.anonymous()
                .urlEncodingEnabled(false)
                .contentType("application/octet-stream")
                .body(piece);
    }

    /** Another agent's place, spoken for with this one's token. */
    ForeignAgent inPlaceOf(ForeignAgent other) {
        ForeignAgent pretender = new ForeignAgent(api, poolToken);
        pretender.id = other.id;
        return pretender;
    }

    /** Appends two pieces, then replaces the log by both together, as the protocol has it. */
    private void log(Job job, String first, String second) {
        for (String piece : new String[] {first, second}) {
            api.anonymous()
                    .urlEncodingEnabled(false)
                    .contentType("application/octet-stream")
                    .body(piece.getBytes(StandardCharsets.UTF_8))
                    .patch(job.data("terraform_log_url"));
        }
        upload(job.data("terraform_log_url"), first + second);
    }

    private void upload(String url, String content) {
        api.upload(url, content.getBytes(StandardCharsets.UTF_8));
    }

    /** With the pool's token and the headers of every call; the agent's id once it is registered. */
    RequestSpecification request() {
        RequestSpecification request = api.anonymous()
                .header("Authorization", "Bearer " + poolToken)
                .header("User-Agent", "foreign-agent/1.30.1")
                .header("Tfc-Agent-Version", "1.30.1")
                .contentType("application/json");
        return id.isEmpty() ? request : request.header("Tfc-Agent-Id", id);
    }
}
