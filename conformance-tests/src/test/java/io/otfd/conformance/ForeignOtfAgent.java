package io.otfd.conformance;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An agent of OTF, as its requests were seen: JSON:API below /otfapi, plain JSON in what it posts, raw bytes in what it puts. */
final class ForeignOtfAgent {

    /** One resource to create and an output. */
    static final String PLAN = """
            {"format_version":"1.2","terraform_version":"1.11.4","applyable":true,"planned_values":{"root_module":{}},
             "resource_changes":[
              {"address":"terraform_data.one","mode":"managed","type":"terraform_data","name":"one",
               "change":{"actions":["create"],"before":null,"after":{"input":"canned"}}},
              {"address":"terraform_data.two","mode":"managed","type":"terraform_data","name":"two",
               "change":{"actions":["delete","create"],"before":{},"after":{}}}],
             "output_changes":{"one":{"actions":["create"]}},"configuration":{}}
            """;

    static final String PLAN_WITHOUT_CHANGES = """
            {"format_version":"1.2","resource_changes":[{"address":"terraform_data.one",
             "change":{"actions":["no-op"],"before":{},"after":{}}}],"output_changes":{"one":{"actions":["no-op"]}}}
            """;

    private final Api api;
    private final String poolToken;
    private String id = "";

    ForeignOtfAgent(Api api, String poolToken) {
        this.api = api;
        this.poolToken = poolToken;
    }

    ForeignOtfAgent register(String name, int concurrency) {
        id = tryToRegister(
                        Map.of("name", name, "version", "0.6.3", "concurrency", concurrency, "executor_kind", "fork"))
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
        return this;
    }

    Response tryToRegister(Map<String, ?> body) {
        return posting().body(Document.json(body)).post("/otfapi/agents/register");
    }

    String id() {
        return id;
    }

    /** Another agent's place, spoken for with this one's token. */
    ForeignOtfAgent inPlaceOf(String other) {
        ForeignOtfAgent pretender = new ForeignOtfAgent(api, poolToken);
        pretender.id = other;
        return pretender;
    }

    Response status(String status) {
        return posting().body(Document.json(Map.of("status", status))).post("/otfapi/agents/status");
    }

    /** The server may hold the request for up to 50 seconds. */
    Response awaitJobs() {
        return reading(poolToken).get("/otfapi/agents/await-allocated-jobs");
    }

    Response start(String job) {
        return posting().body(Document.json(Map.of("job_id", job))).post("/otfapi/jobs/start");
    }

    /** A job that it was allocated, and has started. */
    Job job() {
        return Eventually.value("a job for " + id, () -> {
            JsonPath jobs = awaitJobs().then().statusCode(200).extract().jsonPath();
            return jobs.getList("data").isEmpty() ? Optional.empty() : Optional.of(started(jobs));
        });
    }

    private Job started(JsonPath jobs) {
        String job = jobs.getString("data[0].id");
        return new Job(
                api,
                job,
                jobs.getString("data[0].attributes.run_id"),
                jobs.getString("data[0].attributes.workspace_id"),
                jobs.getString("data[0].attributes.phase"),
                start(job).then().statusCode(200).extract().asString());
    }

    private RequestSpecification posting() {
        RequestSpecification request = reading(poolToken).contentType(Api.JSON_API);
        return request;
    }

    private RequestSpecification reading(String token) {
        RequestSpecification request = reading(api, token);
        return id.isEmpty() ? request : request.header("otf-agent-id", id);
    }

    private static RequestSpecification reading(Api api, String token) {
        return api.anonymous()
                .header("Authorization", "Bearer " + token)
                .header("User-Agent", "otf-agent")
                .header("Accept", Api.JSON_API);
    }

    /**
     * A job in the agent's hands.
     *
     * @param token the job's
     */
    record Job(Api api, String id, String run, String workspace, String phase, String token) {

        /** Below /otfapi/. */
        Response get(String path) {
            return reading(api, token).get("/otfapi/" + path);
        }

        Response post(String path, String json) {
            return reading(api, token).contentType(Api.JSON_API).body(json).post("/otfapi/" + path);
        }

        Response put(String path, byte[] bytes) {
            return reading(api, token)
                    .contentType("application/octet-stream")
                    .body(bytes)
                    .put("/otfapi/" + path);
        }

        Response put(String path, String text) {
            return put(path, text.getBytes(StandardCharsets.UTF_8));
        }

        Response log(long offset, String piece) {
            return put("runs/" + run + "/logs/" + phase + "?offset=" + offset, piece);
        }

        Response awaitSignal() {
            return get("jobs/" + id + "/await-signal");
        }

        Response finish(String status) {
            return finish(status, Optional.empty());
        }

        Response finish(String status, Optional<String> error) {
            Map<String, String> body = new HashMap<>(Map.of("status", status, "job_id", id));
            error.ifPresent(text -> body.put("error", text));
            return post("jobs/finish", Document.json(body));
        }

        /** Hands in a plan, log and all, and says that it is finished. */
        void plan(String json) {
            String text = "\u0002canned plan\n";
            List.of(
                            log(0, text),
                            put("runs/" + run + "/planfile?format=bin", "the plan itself"),
                            put("runs/" + run + "/planfile?format=json", json),
                            put("runs/" + run + "/lockfile", "# locked\n"),
                            log(text.length(), "\u0003"),
                            finish("finished"))
                    .forEach(response -> {
                        if (response.statusCode() / 100 != 2) {
                            throw new AssertionError(response.statusCode() + " " + response.asString());
                        }
                    });
        }

        Response createState(StateFile state) {
            return post(
                    "workspaces/" + workspace + "/state-versions",
                    Document.of("state-versions")
                            .with("md5", state.md5())
                            .with("serial", state.serial())
                            .with("state", state.base64())
                            .with("force", null)
                            .json());
        }
    }
}
