package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.http.Method;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The agent protocol as agents that are not ours were seen to speak it: paths, headers, members and their types. */
@ExtendWith(OtfdExtension.class)
class AgentContractTest {

    private static final String REGISTER = "/api/agent/register";
    private static final String STATUS = "/api/agent/status";
    private static final String INDEX = "Tfc-Agent-Message-Index";

    private static final byte[] ARCHIVE =
            new TarGz().file("main.tf", new byte[] {'#', '\n'}).bytes();

    /** What each of a plan's URLs is for. */
    private static final Map<String, Set<Method>> PLAN_URLS = Map.of(
            "terraform_log_url", Set.of(Method.PATCH, Method.PUT),
            "configuration_version_url", Set.of(Method.GET),
            "filesystem_url", Set.of(Method.PUT),
            "json_plan_url", Set.of(Method.PUT),
            "json_provider_schemas_url", Set.of(Method.PUT),
            "json_redacted_plan_url", Set.of(Method.PUT),
            "sanitized_plan_url", Set.of(Method.PUT));

    /** Members of offers to agents that know our extensions. */
    private static final Set<String> OURS = Set.of(
            "lease_id",
            "workspace_id",
            "project_name",
            "engine",
            "plan_only",
            "structured_output",
            "allow_config_generation",
            "invoke_action_addrs");

    /** Agents up to 1.14 send their name only. Nothing of our extensions is in the answer. */
    @Test
    void registrationIsAnsweredWithIdAndPool(Given given) {
        String pool = given.pool(given.organization());
        ForeignAgent agent = new ForeignAgent(given.api(), given.poolToken(pool));

        Response old = registered(agent.request().body(Document.json(Map.of("name", "twin"))));
        Response recent =
                registered(agent.request().body(Document.json(Map.of("name", "twin", "arch", "arm64", "os", "linux"))));

        for (Response response : List.of(old, recent)) {
            Map<String, Object> answer = response.jsonPath().getMap("");
            Shape.of("agent-registration").checkPlain(answer);
            assertThat(answer.keySet(), equalTo(Set.of("id", "pool_id", "agent_pool_id")));
            assertThat((String) answer.get("id"), startsWith("agent-"));
            assertThat(answer.get("pool_id"), equalTo(pool));
            assertThat(answer.get("agent_pool_id"), equalTo(pool));
        }
        assertThat("a name is no identity", recent.path("id"), not(equalTo(old.path("id"))));
    }

    private static Response registered(RequestSpecification request) {
        Response response = request.post(REGISTER);
        response.then().statusCode(200).contentType("application/json");
        return response;
    }

    @Test
    void statusIsAnsweredWithAnEmptyObjectAndTheIndexThatWasSent(Given given) {
        ForeignAgent agent = registered(given, given.organizationWithPool(), "pinging");

        for (String index : List.of("0", "7")) {
            Response response = agent.request()
                    .header(INDEX, index)
                    .body("{\"status\":\"idle\"}")
                    .put(STATUS);
            response.then().statusCode(200).contentType("application/json");
            assertThat(response.asString(), equalTo("{}"));
            assertThat(response.header(INDEX), equalTo(index));
        }
        Response without = agent.request().body("{\"status\":\"idle\"}").put(STATUS);
        without.then().statusCode(200);
        assertThat(without.header(INDEX), nullValue());
        Refused.with(400, agent.status("asleep"));
        Refused.with(400, agent.request().body("idle").put(STATUS));
    }

    @Test
    void nothingToDoIs204WithoutABody(Given given) {
        ForeignAgent agent = registered(given, given.organizationWithPool(), "unemployed");

        Response response = agent.request()
                .header("Tfc-Agent-Accept", "plan,apply,policy,assessment,test")
                .get("/api/agent/jobs?hold=0");

        assertThat(response.statusCode(), equalTo(204));
        assertThat(response.asString(), emptyString());
    }

    @Test
    void offerHoldsWhatAnAgentReads(Given given) {
        Terraform.required();
        Organization organization = given.organizationWithPool();
        Workspace workspace = given.workspace(organization, Map.of("working-directory", "live"));
        given.variable(workspace, Map.of("key", "size", "value", "seven", "category", "terraform"));
        given.variable(workspace, Map.of("key", "REGION", "value", "north", "category", "env"));
        given.variable(workspace, Map.of("key", "TFE_PARALLELISM", "value", "3", "category", "env"));
        ForeignAgent agent = registered(given, organization, "reader");
        String run = given.run(
                workspace,
                given.configuration(workspace, ARCHIVE),
                Map.of("is-destroy", true, "refresh", false, "target-addrs", List.of("terraform_data.one")));

        ForeignAgent.Job plan = agent.awaitJob();

        Shape.of("agent-job").checkPlain(plan.document());
        assertThat(plan.document().keySet(), equalTo(Set.of("type", "job_id", "data")));
        assertThat(plan.type(), equalTo("plan"));
        Map<String, Object> data = plan.json().getMap("data");
        assertThat(data.get("run_id"), equalTo(run));
        assertThat(data.get("operation"), equalTo("plan"));
        assertThat(data.get("working_directory"), equalTo("live"));
        assertThat(data.get("destroy"), equalTo(true));
        assertThat(data.get("skip_refresh"), equalTo(true));
        assertThat(data.get("refresh_only"), equalTo(false));
        assertThat(data.get("target_addrs"), equalTo(List.of("terraform_data.one")));
        assertThat(data.get("parallelism"), equalTo(3));
        assertThat(plan.data("environment.REGION"), equalTo("north"));
        assertThat(plan.data("tfvars"), containsString("seven"));
        assertThat(
                "what is ours alone",
                data.keySet().stream().filter(OURS::contains).toList(),
                equalTo(List.of()));

        agent.plan(plan, "what the plan left");
        confirm(given, run);
        ForeignAgent.Job apply = agent.awaitJob();

        Shape.of("agent-job").checkPlain(apply.document());
        assertThat(apply.type(), equalTo("apply"));
        assertThat(apply.data("operation"), equalTo("apply"));
        assertThat(apply.data("run_id"), equalTo(run));
    }

    /** It knows nothing but what the job says: where the engine is, and what its bytes must be. */
    @Test
    void agentWithoutAnEngineFetchesTheOneThatTheJobNames(Given given, Sandbox sandbox) {
        Terraform.required();
        Organization organization = given.organizationWithPool();
        Workspace workspace = given.workspace(organization);
        ForeignAgent agent = registered(given, organization, "bare");
        String run = given.run(workspace, Map.of(), """
                resource "terraform_data" "fetched" {
                  input = "by a foreign agent"
                }
                """);

        agent.perform(agent.awaitJob(), sandbox.directory("plan"));
        confirm(given, run);
        agent.perform(agent.awaitJob(), sandbox.directory("apply"));

        given.await(run, "applied");
        assertThat(given.log(run, "plan"), containsString("terraform_data.fetched will be created"));
        assertThat(given.resources(workspace), equalTo(Set.of("terraform_data.fetched")));
    }

    /** Some hand in what they have redacted themselves, and no schemas. */
    @Test
    void planThatAnAgentHasRedactedIsWhatClientsRender(Given given) {
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = registered(given, organization, "discreet");
        ForeignAgent.Job job = planning(given, organization, agent);

        given.api().upload(job.data("json_redacted_plan_url"), "{\"redacted\":true}".getBytes(StandardCharsets.UTF_8));
        given.api().upload(job.data("sanitized_plan_url"), "{}".getBytes(StandardCharsets.UTF_8));
        agent.report(job, "finished", Map.of("has_changes", true)).then().statusCode(200);

        given.await(job.data("run_id"), "planned");
        given.api()
                .request()
                .accept("application/json")
                .get("/plans/{id}/json-output-redacted", job.data("plan_id"))
                .then()
                .statusCode(200)
                .body("redacted", equalTo(true));
    }

    @Test
    void urlsTakeNoCredentialsAndTheirOwnMethodsOnly(Given given) {
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = registered(given, organization, "careful");
        ForeignAgent.Job job = planning(given, organization, agent);

        PLAN_URLS.forEach((name, methods) -> {
            String url = job.data(name);
            assertThat(
                    name + " is absolute",
                    URI.create(url).resolve("/"),
                    equalTo(given.api().server().resolve("/")));
            for (Method method : List.of(Method.GET, Method.PUT, Method.PATCH, Method.POST, Method.DELETE)) {
                assertThat(
                        method + " " + name,
                        to(given, method, url).statusCode(),
                        methods.contains(method) ? is(200) : is(oneOf(404, 405)));
            }
        });
    }

    @Test
    void changedUrlIsRefused(Given given) {
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = registered(given, organization, "forger");
        ForeignAgent.Job job = planning(given, organization, agent);
        String good = job.data("configuration_version_url");
        int start = good.lastIndexOf('/') + 1;
        List<String> accepted = new ArrayList<>();

        for (int i = start; i < good.length(); i++) {
            char other = good.charAt(i) == 'a' ? 'b' : 'a';
            String changed = good.substring(0, i) + other + good.substring(i + 1);
            if (to(given, Method.GET, changed).statusCode() != 404) {
                accepted.add(changed);
            }
        }

        assertThat(accepted, equalTo(List.of()));
        assertThat(to(given, Method.GET, good).statusCode(), equalTo(200));
    }

    /** Each job has URLs of its own, and nothing is written with them once it is over. */
    @Test
    void urlsAreOfOneJob(Given given) {
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = registered(given, organization, "tidy");
        ForeignAgent.Job first = planning(given, organization, agent);
        agent.report(first, "finished", Map.of("has_changes", false)).then().statusCode(200);
        given.await(first.data("run_id"), "planned_and_finished");
        ForeignAgent.Job second = planning(given, organization, agent);

        for (String name : List.of("json_plan_url", "json_provider_schemas_url", "filesystem_url")) {
            assertThat(first.data(name), not(equalTo(second.data(name))));
            Refused.with(409, to(given, Method.PUT, first.data(name)));
            assertThat(to(given, Method.PUT, second.data(name)).statusCode(), equalTo(200));
        }
        Refused.with(409, to(given, Method.PATCH, first.data("terraform_log_url")));
        assertThat(given.log(first.data("run_id"), "plan"), equalTo("\u0002\u0003"));
    }

    @Test
    void piecesOfLogAreAppendedAndTheWholeEndsThem(Given given) {
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = registered(given, organization, "talkative");
        ForeignAgent.Job job = planning(given, organization, agent);
        String run = job.data("run_id");

        assertThat(agent.appendLog(job, Optional.empty(), "\u0002one\n").statusCode(), equalTo(200));
        assertThat(given.log(run, "plan"), equalTo("\u0002one\n"));
        assertThat(agent.appendLog(job, Optional.empty(), "two\n").statusCode(), equalTo(200));
        assertThat(given.log(run, "plan"), equalTo("\u0002one\ntwo\n"));
        given.api()
                .upload(
                        job.data("terraform_log_url"),
                        "\u0002one\ntwo\nthree\n\u0003".getBytes(StandardCharsets.UTF_8));
        assertThat("only the phase's end ends the log", given.log(run, "plan"), equalTo("\u0002one\ntwo\nthree\n"));

        agent.report(job, "finished", Map.of("has_changes", false)).then().statusCode(200);
        given.await(run, "planned_and_finished");
        assertThat(given.log(run, "plan"), equalTo("\u0002one\ntwo\nthree\n\u0003"));
    }

    /** With members that agents send and the server has no use for. */
    @Test
    void completionOfAPlanIsWhatClientsRead(Given given) {
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = registered(given, organization, "counting");
        ForeignAgent.Job job = planning(given, organization, agent);

        agent.report(
                        job,
                        "finished",
                        Map.of(
                                "run_type", "plan",
                                "has_changes", true,
                                "generated_configuration", true,
                                "resource_additions", 1,
                                "resource_changes", 2,
                                "resource_destructions", 3,
                                "resource_imports", 4,
                                "action_invocations", 5))
                .then()
                .statusCode(200);

        given.await(job.data("run_id"), "planned");
        given.api()
                .get("/plans/{id}", job.data("plan_id"))
                .then()
                .body("data.attributes.status", equalTo("finished"))
                .body("data.attributes.'has-changes'", equalTo(true))
                .body("data.attributes.'generated-configuration'", equalTo(true))
                .body("data.attributes.'resource-additions'", equalTo(1))
                .body("data.attributes.'resource-changes'", equalTo(2))
                .body("data.attributes.'resource-destructions'", equalTo(3))
                .body("data.attributes.'resource-imports'", equalTo(4));
    }

    /** The kind of job stands for the operation; the reason is in the log. */
    @Test
    void errorIsReadInTheLog(Given given) {
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = registered(given, organization, "failing");
        ForeignAgent.Job job = planning(given, organization, agent);
        Map<String, Object> report = Map.of(
                "type", "plan",
                "status", "errored",
                "error", "no space left on the moon",
                "data", Map.of("run_id", job.data("run_id")));

        agent.request()
                .body(Document.json(Map.of("status", "idle", "job", report)))
                .put(STATUS)
                .then()
                .statusCode(200);

        Eventually.holds(
                "the run being errored", () -> given.status(job.data("run_id")).equals("errored"));
        assertThat(given.log(job.data("run_id"), "plan"), containsString("no space left on the moon"));
    }

    @Test
    void oneAgentAppliesWhatAnotherPlanned(Given given) {
        Organization organization = given.organizationWithPool();
        ForeignAgent planner = registered(given, organization, "planner");
        ForeignAgent.Job plan = planning(given, organization, planner);
        byte[] filesystem = new TarGz()
                .directory("modules/")
                .file("tfplan", new byte[] {0, 1, -1, -128, '\n', '\r'})
                .bytes();
        given.api().upload(plan.data("filesystem_url"), filesystem);
        planner.report(plan, "finished", Map.of("has_changes", true)).then().statusCode(200);
        planner.status("exited").then().statusCode(200);
        given.await(plan.data("run_id"), "planned");
        confirm(given, plan.data("run_id"));
        ForeignAgent applier = registered(given, organization, "applier");

        ForeignAgent.Job apply = applier.awaitJob();
        Response handed = to(given, Method.GET, apply.data("filesystem_url"));

        handed.then().statusCode(200);
        assertThat(handed.asByteArray(), equalTo(filesystem));
        assertThat(to(given, Method.PUT, apply.data("filesystem_url")).statusCode(), oneOf(404, 405));
        assertThat(
                to(given, Method.GET, apply.data("configuration_version_url")).asByteArray(), equalTo(ARCHIVE));
        applier.report(apply, "running", Map.of()).then().statusCode(200);
        applier.report(apply, "finished", Map.of()).then().statusCode(200);
        given.await(plan.data("run_id"), "applied");
        assertThat(
                Stream.of("plan", "apply")
                        .map(phase -> executedBy(given, plan.data("run_id"), phase))
                        .toList(),
                equalTo(List.of(planner.id(), applier.id())));
    }

    private static String executedBy(Given given, String run, String phase) {
        String id = given.api().get("/runs/{id}", run).path("data.relationships." + phase + ".data.id");
        String path = "plan".equals(phase) ? "/plans/{id}" : "/applies/{id}";
        return given.api().get(path, id).path("data.attributes.'execution-details'.'agent-id'");
    }

    private static ForeignAgent registered(Given given, Organization organization, String name) {
        return new ForeignAgent(given.api(), given.poolToken(organization.pool().orElseThrow())).register(name);
    }

    /** A plan that the agent has begun with. */
    private static ForeignAgent.Job planning(Given given, Organization organization, ForeignAgent agent) {
        Workspace workspace = given.workspace(organization);
        given.run(workspace, given.configuration(workspace, ARCHIVE));
        ForeignAgent.Job job = agent.awaitJob();
        agent.report(job, "running", Map.of()).then().statusCode(200);
        return job;
    }

    private static void confirm(Given given, String run) {
        given.await(run, "planned");
        given.api()
                .request()
                .body("{}")
                .post("/runs/{id}/actions/apply", run)
                .then()
                .statusCode(202);
    }

    /** As agents use signed URLs: verbatim, and without credentials. */
    private static Response to(Given given, Method method, String url) {
        RequestSpecification request = given.api().anonymous().urlEncodingEnabled(false);
        return method == Method.GET
                ? request.get(url)
                : request.contentType("application/octet-stream")
                        .body(new byte[0])
                        .request(method, url);
    }
}
