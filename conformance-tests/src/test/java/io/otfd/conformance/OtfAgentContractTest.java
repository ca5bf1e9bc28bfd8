package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OTF's dialect of the agent protocol: what its agents send, what they read, and at what they stumble. */
@ExtendWith(OtfdExtension.class)
class OtfAgentContractTest {

    private static final byte[] ARCHIVE =
            new TarGz().file("main.tf", new byte[] {'#', '\n'}).bytes();

    /** An agent and a pool of its own. */
    private static final class Team {
        final Given given;
        final Organization organization;
        final Workspace workspace;
        final ForeignOtfAgent agent;

        Team(Given given) {
            this(given, Map.of());
        }

        Team(Given given, Map<String, ?> attributes) {
            this.given = given;
            organization = given.organizationWithPool();
            workspace = given.workspace(organization, attributes);
            agent = register("otf", 5);
        }

        String poolToken() {
            return given.poolToken(organization.pool().orElseThrow());
        }

        ForeignOtfAgent register(String name, int concurrency) {
            return new ForeignOtfAgent(given.api(), poolToken()).register(name, concurrency);
        }

        String run(Map<String, ?> attributes) {
            return given.run(workspace, given.configuration(workspace, ARCHIVE), attributes);
        }

        /** A plan that the agent has begun with. */
        ForeignOtfAgent.Job plan() {
            run(Map.of());
            return agent.job();
        }

        /** An apply that the agent has begun with. */
        ForeignOtfAgent.Job apply() {
            ForeignOtfAgent.Job plan = plan();
            plan.plan(ForeignOtfAgent.PLAN);
            confirm(given, plan.run());
            return agent.job();
        }

        String otherRun() {
            Workspace other = given.workspace(given.organization());
            return given.run(other, given.configuration(other, ARCHIVE));
        }
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

    private static void requireIdentifier(String id) {
        assertThat(id + " has one hyphen", id.split("-", -1), arrayOfTwo());
    }

    private static org.hamcrest.Matcher<String[]> arrayOfTwo() {
        return org.hamcrest.Matchers.arrayWithSize(2);
    }

    /** Of any release: there is no negotiation. */
    @Test
    void registrationTakesWhatItDoesNotKnow(Given given) {
        Team team = new Team(given);

        for (Map<String, ?> body : List.<Map<String, ?>>of(
                Map.of("name", "one", "version", "0.6.3", "concurrency", 5, "executor_kind", "fork"),
                Map.of("name", "", "version", "9.9.9", "concurrency", 5, "executor_kind", "kubernetes", "zeal", 11))) {
            Response response = new ForeignOtfAgent(given.api(), team.poolToken()).tryToRegister(body);

            response.then().statusCode(201).contentType(Api.JSON_API).body("data.type", equalTo("runners"));
            requireIdentifier(response.path("data.id"));
        }
        Refused.with(400, new ForeignOtfAgent(given.api(), team.poolToken()).tryToRegister(Map.of("concurrency", "x")));
    }

    @Test
    void registeredAgentsAreSeenAmongOthers(Given given) {
        Team team = new Team(given);

        given.api()
                .get("/agents/{id}", team.agent.id())
                .then()
                .statusCode(200)
                .body("data.attributes.name", equalTo("otf"))
                .body("data.attributes.status", equalTo("idle"));
    }

    @Test
    void statusIsAnsweredWithNothing(Given given) {
        Team team = new Team(given);

        for (String status : List.of("idle", "busy", "idle")) {
            Response response = team.agent.status(status);
            assertThat(response.statusCode(), equalTo(200));
            assertThat(response.asString(), emptyString());
        }
        Refused.with(422, team.agent.status("asleep"));
    }

    /** Its supervisor starts it again, as somebody new. */
    @Test
    void anAgentThatWasGivenUpIsEvicted(Given given) {
        Team team = new Team(given);
        team.agent.status("exited").then().statusCode(200);

        Refused.with(409, team.agent.status("idle"));
        Refused.with(409, team.agent.awaitJobs());
    }

    @Test
    void anAgentOfAnotherPoolIsNobody(Given given) {
        Team mine = new Team(given);
        Team other = new Team(given);
        ForeignOtfAgent.Job job = other.plan();

        ForeignOtfAgent pretender = mine.agent.inPlaceOf(other.agent.id());
        Refused.with(404, pretender.status("idle"));
        Refused.with(404, pretender.awaitJobs());
        Refused.with(404, pretender.start(job.id()));
        Refused.with(404, mine.agent.start(job.id()));
        Refused.with(401, mine.agent.inPlaceOf("").status("idle"));
        Refused.with(401, new ForeignOtfAgent(given.api(), "nobody").tryToRegister(Map.of("name", "x")));
    }

    /** An empty answer is asked for anew at once: it comes only after a while, and before clients and proxies give up. */
    @Test
    void waitingForJobsIsHeldAndThenAnsweredWithNone(Given given) throws Exception {
        Team team = new Team(given);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> waiting = threads.submit(team.agent::awaitJobs);
            for (int i = 0; i < 20; i++) {
                team.agent.status("idle").then().statusCode(200);
            }
            assertThat("it is held", waiting.isDone(), equalTo(false));

            waiting.get().then().statusCode(200).contentType(Api.JSON_API).body("data", hasSize(0));
        }
    }

    @Test
    void aJobIsAllocatedAndThenStarted(Given given) {
        Team team = new Team(given);
        String run = team.run(Map.of());

        JsonPath jobs = team.agent.awaitJobs().then().statusCode(200).extract().jsonPath();
        Map<String, Object> attributes = jobs.getMap("data[0].attributes");
        assertThat(jobs.getString("data[0].type"), equalTo("jobs"));
        requireIdentifier(jobs.getString("data[0].id"));
        assertThat(attributes.get("run_id"), equalTo(run));
        assertThat(attributes.get("phase"), equalTo("plan"));
        assertThat(attributes.get("status"), equalTo("allocated"));
        assertThat(attributes.get("organization"), equalTo(team.organization.name()));
        assertThat(attributes.get("workspace_id"), equalTo(team.workspace.id()));
        assertThat(attributes.get("runner_id"), equalTo(team.agent.id()));
        assertThat(
                attributes.get("agent_pool_id"),
                equalTo(team.organization.pool().orElseThrow()));
        assertThat("before it is started", given.status(run), equalTo("planning"));

        String again = team.agent.awaitJobs().path("data[0].id");
        assertThat("what was not started is allocated still", again, equalTo(jobs.getString("data[0].id")));
    }

    /** What is repeated after a lost answer is answered alike. */
    @Test
    void startingTwiceIsStartingOnce(Given given) {
        Team team = new Team(given);
        ForeignOtfAgent.Job job = team.plan();

        String token =
                team.agent.start(job.id()).then().statusCode(200).extract().asString();

        for (String each : List.of(job.token(), token)) {
            ForeignOtfAgent.Job same =
                    new ForeignOtfAgent.Job(given.api(), job.id(), job.run(), job.workspace(), job.phase(), each);
            same.get("runs/" + job.run()).then().statusCode(200);
        }
        Refused.with(404, team.agent.start("job-999999999"));
        Refused.with(404, team.agent.start("nonsense"));
    }

    @Test
    void endingTwiceIsEndingOnce(Given given) {
        Team team = new Team(given);
        ForeignOtfAgent.Job planned = team.plan();
        planned.plan(ForeignOtfAgent.PLAN);
        planned.finish("finished").then().statusCode(200);
        planned.finish("errored").then().statusCode(200);
        given.await(planned.run(), "planned");

        confirm(given, planned.run());
        ForeignOtfAgent.Job applied = team.agent.job();
        applied.finish("finished").then().statusCode(200);
        assertThat("the run is over", given.status(applied.run()), equalTo("applied"));
        applied.finish("finished").then().statusCode(200);
        assertThat(given.status(applied.run()), equalTo("applied"));
        Refused.with(422, team.plan().finish("asleep"));
    }

    @Test
    void theRunIsWhatAgentsDecode(Given given) {
        Team team = new Team(given);
        String run =
                team.run(Map.of("is-destroy", true, "refresh", false, "target-addrs", List.of("terraform_data.one")));
        ForeignOtfAgent.Job job = team.agent.job();

        JsonPath document =
                job.get("runs/" + run).then().statusCode(200).extract().jsonPath();
        Map<String, Object> attributes = document.getMap("data.attributes");
        assertThat(document.getString("data.type"), equalTo("runs"));
        assertThat(document.getString("data.id"), equalTo(run));
        assertThat("a missing one is a crash", attributes.get("engine"), equalTo("terraform"));
        assertThat((String) attributes.get("engine_version"), not(emptyString()));
        assertThat("the phase follows from it", attributes.get("status"), equalTo("planning"));
        assertThat(attributes.get("workspace_id"), equalTo(team.workspace.id()));
        requireIdentifier((String) attributes.get("configuration_version_id"));
        assertThat(attributes.get("is_destroy"), equalTo(true));
        assertThat("a missing one is false", attributes.get("refresh"), equalTo(false));
        assertThat(attributes.get("refresh_only"), equalTo(false));
        assertThat(attributes.get("target_addrs"), equalTo(List.of("terraform_data.one")));
        assertThat(attributes.get("replace_addrs"), equalTo(List.of()));
        requireNoTraps(attributes);
    }

    @Test
    void refreshIsSaidAlsoWhereItIsTheDefault(Given given) {
        ForeignOtfAgent.Job job = new Team(given).plan();

        job.get("runs/" + job.run()).then().body("data.attributes.refresh", equalTo(true));
    }

    @Test
    void theWorkspaceIsWhatAgentsDecode(Given given) {
        Team team = new Team(given, Map.of("working-directory", "live"));
        ForeignOtfAgent.Job job = team.plan();

        JsonPath document = job.get("workspaces/" + job.workspace())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        Map<String, Object> attributes = document.getMap("data.attributes");
        assertThat(document.getString("data.type"), equalTo("workspaces"));
        assertThat(attributes.get("name"), equalTo(team.workspace.name()));
        assertThat(attributes.get("organization"), equalTo(team.organization.name()));
        assertThat(attributes.get("working_directory"), equalTo("live"));
        assertThat(attributes.get("ssh_key_id"), nullValue());
        assertThat("a text stops the agent", attributes.get("mode"), not(instanceOf(String.class)));
        requireNoTraps(attributes);
    }

    /** An empty text is neither a version, nor a time, nor an identifier. */
    private static void requireNoTraps(Map<String, Object> attributes) {
        attributes.forEach((name, value) -> {
            if (name.endsWith("_id") || name.endsWith("_at") || name.endsWith("version")) {
                assertThat(name, value, not(equalTo("")));
            }
        });
    }

    @Test
    void whatAJobNeedsIsReadWithItsToken(Given given) {
        Team team = new Team(given);
        given.variable(team.workspace, Map.of("key", "said", "value", "\"a\" ${b}\nc", "category", "terraform"));
        given.variable(team.workspace, Map.of("key", "list", "value", "[1, 2]", "category", "terraform", "hcl", true));
        given.variable(team.workspace, Map.of("key", "SECRET", "value", "s3", "category", "env", "sensitive", true));
        ForeignOtfAgent.Job job = team.plan();

        String configuration = job.get("runs/" + job.run()).path("data.attributes.configuration_version_id");
        assertThat(
                job.get("configuration-versions/" + configuration + "/download").asByteArray(), equalTo(ARCHIVE));

        JsonPath variables = job.get("vars/effective/" + job.run())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(variables.getList("data.type"), equalTo(List.of("variables", "variables", "variables")));
        variables.<String>getList("data.id").forEach(OtfAgentContractTest::requireIdentifier);
        assertThat(variable(variables, "SECRET").get("value"), equalTo("s3"));
        assertThat(variable(variables, "SECRET").get("category"), equalTo("env"));
        assertThat(variable(variables, "list").get("value"), equalTo("[1, 2]"));
        assertThat(variable(variables, "list").get("hcl"), equalTo(true));
        assertThat("agents write it down as it is", variable(variables, "said").get("hcl"), equalTo(true));
        assertThat(variable(variables, "said").get("value"), equalTo("\"\\\"a\\\" $${b}\\nc\""));

        Refused.with(404, job.get("workspaces/" + job.workspace() + "/current-state-version"));
        job.get("jobs/" + job.id()).then().statusCode(200).body("data.attributes.run_id", equalTo(job.run()));
        Refused.with(422, job.post("jobs/" + job.id() + "/dynamic-credentials", "{\"audience\":\"aws\"}"));
    }

    private static Map<String, Object> variable(JsonPath variables, String key) {
        return variables.getMap("data.find { it.attributes.key == '" + key + "' }.attributes");
    }

    @Test
    void theKeyOfItsWorkspaceAloneIsRead(Given given) {
        Team team = new Team(given);
        String mine = sshKey(team, "mine");
        String other = sshKey(team, "other");
        given.api()
                .request()
                .body("{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"id\":\"" + mine + "\"}}}")
                .patch("/workspaces/{id}/relationships/ssh-key", team.workspace.id())
                .then()
                .statusCode(200);
        ForeignOtfAgent.Job job = team.plan();

        job.get("workspaces/" + job.workspace()).then().body("data.attributes.ssh_key_id", equalTo(mine));
        assertThat(job.get("ssh-keys/" + mine).asString(), equalTo("private mine"));
        Refused.with(404, job.get("ssh-keys/" + other));
    }

    private static String sshKey(Team team, String name) {
        return team.given
                .api()
                .post(
                        Document.of("ssh-keys").with("name", name).with("value", "private " + name),
                        "/organizations/{org}/ssh-keys",
                        team.organization.name())
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    @Test
    void aTokenSpeaksForItsOwnRunOnly(Given given) {
        Team team = new Team(given);
        ForeignOtfAgent.Job job = team.plan();
        Team other = new Team(given);
        ForeignOtfAgent.Job foreign = other.plan();

        for (String path : List.of(
                "runs/" + foreign.run(),
                "vars/effective/" + foreign.run(),
                "jobs/" + foreign.id(),
                "jobs/" + foreign.id() + "/await-signal",
                "workspaces/" + foreign.workspace(),
                "workspaces/" + foreign.workspace() + "/current-state-version",
                "runs/" + foreign.run() + "/planfile?format=bin",
                "runs/" + foreign.run() + "/lockfile")) {
            Refused.with(404, job.get(path));
        }
        Refused.with(404, job.put("runs/" + foreign.run() + "/logs/plan?offset=0", "\u0002mine"));
        Refused.with(404, job.put("runs/" + foreign.run() + "/planfile?format=bin", "mine"));
        Refused.with(404, job.post("jobs/finish", "{\"status\":\"errored\",\"job_id\":\"" + foreign.id() + "\"}"));
        Refused.with(
                401,
                given.api()
                        .anonymous()
                        .header("Authorization", "Bearer " + team.poolToken())
                        .get("/otfapi/runs/" + job.run()));
        Refused.with(
                401,
                given.api().as(RunningOtfd.SITE_TOKEN).request().basePath("").get("/otfapi/runs/" + job.run()));
    }

    @Test
    void theTokenOpensTheApiForAsLongAsTheRunLasts(Given given) {
        Team team = new Team(given);
        ForeignOtfAgent.Job job = team.apply();
        Api engine = given.api().as(job.token());
        engine.get("/workspaces/{id}", job.workspace()).then().statusCode(200);
        Refused.with(404, engine.get("/workspaces/{id}/current-state-version", job.workspace()));

        job.finish("finished").then().statusCode(200);

        Refused.with(401, engine.get("/workspaces/{id}", job.workspace()));
        Refused.with(409, job.get("runs/" + job.run()));
        Refused.with(409, job.get("vars/effective/" + job.run()));
        Refused.with(409, job.put("runs/" + job.run() + "/planfile?format=bin", "late"));
        Refused.with(409, job.createState(StateFile.of(1, "late", "one")));
    }

    /** The plan's token is not the apply's, though both are of one run. */
    @Test
    void theTokenOfAPlanEndsWithIt(Given given) {
        Team team = new Team(given);
        ForeignOtfAgent.Job plan = team.plan();
        plan.plan(ForeignOtfAgent.PLAN);
        confirm(given, plan.run());
        ForeignOtfAgent.Job apply = team.agent.job();

        Refused.with(401, given.api().as(plan.token()).get("/workspaces/{id}", plan.workspace()));
        given.api()
                .as(apply.token())
                .get("/workspaces/{id}", apply.workspace())
                .then()
                .statusCode(200);
    }

    /** Readers stop at the first end marker, so there is one, and where the log ends. */
    @Test
    void theLogHasOneBeginningAndOneEnd(Given given) {
        Team team = new Team(given);
        ForeignOtfAgent.Job job = team.plan();

        written(job.log(0, "\u0002one\n"));
        assertThat(given.log(job.run(), "plan"), equalTo("\u0002one\n"));
        written(job.log(5, "two\n"));
        written(job.log(5, "two\n"));
        written(job.log(6, "wo\nthree\n"));
        assertThat(given.log(job.run(), "plan"), equalTo("\u0002one\ntwo\nthree\n"));
        written(job.log(15, "a\u0003b\u0002c\n"));
        written(job.log(21, "\u0003"));
        assertThat("the phase goes on", given.log(job.run(), "plan"), equalTo("\u0002one\ntwo\nthree\na?b?c\n"));

        job.put("runs/" + job.run() + "/planfile?format=json", ForeignOtfAgent.PLAN_WITHOUT_CHANGES);
        job.finish("finished").then().statusCode(200);

        given.await(job.run(), "planned_and_finished");
        assertThat(given.log(job.run(), "plan"), equalTo("\u0002one\ntwo\nthree\na?b?c\n\u0003"));
    }

    @Test
    void anEmptyLogIsOneToo(Given given) {
        ForeignOtfAgent.Job job = new Team(given).plan();

        written(job.log(0, "\u0002\u0003"));
        job.finish("errored").then().statusCode(200);

        assertThat(given.log(job.run(), "plan"), equalTo("\u0002\u0003"));
    }

    /** An error would break the engine's output: what does not fit is taken as it comes. */
    @Test
    void noPieceOfLogIsRefusedForItsPlace(Given given) {
        Team team = new Team(given);
        ForeignOtfAgent.Job job = team.plan();

        written(job.log(0, "\u0002one\n"));
        written(job.log(40, "beyond\n"));
        written(job.log(5, "both at once\n"));

        assertThat(given.log(job.run(), "plan"), equalTo("\u0002one\nbeyond\nboth at once\n"));
        Refused.with(409, job.put("runs/" + job.run() + "/logs/apply?offset=0", "\u0002"));
    }

    private static void written(Response response) {
        assertThat(response.statusCode() + " " + response.asString(), response.statusCode(), equalTo(200));
    }

    @Test
    void countsAreThoseOfThePlansJson(Given given) {
        Team team = new Team(given);
        ForeignOtfAgent.Job job = team.plan();
        job.plan(ForeignOtfAgent.PLAN);

        given.await(job.run(), "planned");
        given.api()
                .get("/runs/{id}/plan", job.run())
                .then()
                .body("data.attributes.status", equalTo("finished"))
                .body("data.attributes.'has-changes'", equalTo(true))
                .body("data.attributes.'resource-additions'", equalTo(2))
                .body("data.attributes.'resource-changes'", equalTo(0))
                .body("data.attributes.'resource-destructions'", equalTo(1))
                .body("data.attributes.'resource-imports'", equalTo(0))
                .body("data.attributes.'execution-details'.'agent-id'", equalTo(team.agent.id()));
        String plan = given.api().get("/runs/{id}/plan", job.run()).path("data.id");
        given.api().get("/plans/{id}/json-output", plan).then().statusCode(200);
    }

    @Test
    void aPlanWithoutChangesIsTheEnd(Given given) {
        ForeignOtfAgent.Job job = new Team(given).plan();

        job.plan(ForeignOtfAgent.PLAN_WITHOUT_CHANGES);

        given.await(job.run(), "planned_and_finished");
    }

    @Test
    void aPlanThatWasNotHandedInIsNotFinished(Given given) {
        ForeignOtfAgent.Job job = new Team(given).plan();

        Refused.with(422, job.finish("finished"));
        job.put("runs/" + job.run() + "/planfile?format=json", "no JSON");
        Refused.with(422, job.finish("finished"));
        Refused.with(400, job.put("runs/" + job.run() + "/planfile?format=yaml", "x"));

        assertThat(given.status(job.run()), equalTo("planning"));
    }

    @Test
    void planAndLockFileReachTheApplyAndTheStateTheWorkspace(Given given) {
        Team team = new Team(given);
        ForeignOtfAgent.Job job = team.apply();
        assertThat(job.phase(), equalTo("apply"));
        job.get("runs/" + job.run()).then().body("data.attributes.status", equalTo("applying"));

        assertThat(job.get("runs/" + job.run() + "/planfile?format=bin").asString(), equalTo("the plan itself"));
        assertThat(job.get("runs/" + job.run() + "/lockfile").asString(), equalTo("# locked\n"));
        StateFile state = StateFile.of(4, "of-the-engine", "one");
        Response created = job.createState(state);
        created.then().statusCode(201).body("data.type", equalTo("state-versions"));
        requireIdentifier(created.path("data.id"));
        assertThat("once more is the same", job.createState(state).path("data.id"), equalTo(created.path("data.id")));
        Refused.with(409, job.createState(StateFile.of(3, "of-the-engine", "one")));
        String current = job.get("workspaces/" + job.workspace() + "/current-state-version")
                .path("data.id");
        assertThat(current, equalTo(created.path("data.id")));
        assertThat(job.get("state-versions/" + current + "/download").asString(), equalTo(state.json()));
        written(job.log(0, "\u0002\u001b[1mApply complete! Resources: 2 added, 1 changed, 3 destroyed.\u001b[0m\n"));
        job.finish("finished").then().statusCode(200);

        given.await(job.run(), "applied");
        given.api()
                .get("/runs/{id}/apply", job.run())
                .then()
                .body("data.attributes.'resource-additions'", equalTo(2))
                .body("data.attributes.'resource-changes'", equalTo(1))
                .body("data.attributes.'resource-destructions'", equalTo(3));
        assertThat(given.resources(team.workspace), equalTo(java.util.Set.of("terraform_data.one")));
    }

    /** 404 would end the apply. */
    @Test
    void aMissingLockFileIsAnEmptyOne(Given given) {
        Team team = new Team(given);
        ForeignOtfAgent.Job plan = team.plan();
        plan.put("runs/" + plan.run() + "/planfile?format=bin", "plan");
        plan.put("runs/" + plan.run() + "/planfile?format=json", ForeignOtfAgent.PLAN);
        plan.finish("finished").then().statusCode(200);
        confirm(given, plan.run());

        ForeignOtfAgent.Job apply = team.agent.job();
        Response lockFile = apply.get("runs/" + apply.run() + "/lockfile");

        assertThat(lockFile.statusCode(), equalTo(200));
        assertThat(lockFile.asString(), emptyString());
    }

    @Test
    void errorsAreReadInTheLogOnce(Given given) {
        Team team = new Team(given);
        ForeignOtfAgent.Job silent = team.plan();
        silent.finish("errored", Optional.of("retrieving workspace: no")).then().statusCode(200);
        assertThat(given.status(silent.run()), equalTo("errored"));
        assertThat(given.log(silent.run(), "plan"), containsString("retrieving workspace: no"));

        ForeignOtfAgent.Job loud = team.plan();
        written(loud.log(0, "\u0002\nError: executing plan: bad\n"));
        loud.finish("errored", Optional.of("executing plan: bad")).then().statusCode(200);
        assertThat(given.log(loud.run(), "plan"), equalTo("\u0002\nError: executing plan: bad\n\u0003"));
    }

    /** Agents hand each answer on to the engine, to which a second interrupt is a different thing: each comes once. */
    @Test
    void signalsAreHeldUntilThereIsOneAndToldOnce(Given given) throws Exception {
        Team team = new Team(given);
        ForeignOtfAgent.Job job = team.plan();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> first = threads.submit(job::awaitSignal);
            written(job.log(0, "\u0002one\n"));
            assertThat("it is held", first.isDone(), equalTo(false));
            action(given, job.run(), "cancel", 202);
            signal(first, job, false);

            Future<Response> second = threads.submit(job::awaitSignal);
            Eventually.holds(
                    "the force being allowed",
                    () -> given.api()
                                    .request()
                                    .body("{}")
                                    .post("/runs/{id}/actions/force-cancel", job.run())
                                    .statusCode()
                            == 202);
            signal(second, job, true);
            assertThat(given.status(job.run()), equalTo("force_canceled"));
            signal(threads.submit(job::awaitSignal), job, true);
        }
        Refused.with(409, job.log(5, "after the end"));
        job.finish("canceled").then().statusCode(200);
        assertThat(given.log(job.run(), "plan"), equalTo("\u0002one\n\u0003"));
    }

    private static void signal(Future<Response> told, ForeignOtfAgent.Job job, boolean force)
            throws ExecutionException, InterruptedException {
        told.get()
                .then()
                .statusCode(200)
                .contentType(Api.JSON_API)
                .body("data.type", equalTo("signals"))
                .body("data.id", equalTo(job.id()))
                .body("data.attributes.force", equalTo(force));
    }

    private static void action(Given given, String run, String action, int status) {
        given.api()
                .request()
                .body("{}")
                .post("/runs/{id}/actions/" + action, run)
                .then()
                .statusCode(status);
    }

    /** A proxy may have cut the first call without a word to us. */
    @Test
    void theLastWhoListensIsTold(Given given) throws Exception {
        Team team = new Team(given);
        ForeignOtfAgent.Job job = team.plan();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> stale = threads.submit(job::awaitSignal);
            Future<Response> last = threads.submit(() -> {
                Eventually.holds("the first listening", () -> listens(given, job));
                return job.awaitSignal();
            });
            assertThat(stale.get().statusCode(), equalTo(409));
            action(given, job.run(), "cancel", 202);
            signal(last, job, false);
        }
        job.finish("canceled").then().statusCode(200);
        assertThat(given.status(job.run()), equalTo("canceled"));
    }

    /** Nothing shows it from outside: time enough for a request to arrive. */
    private static boolean listens(Given given, ForeignOtfAgent.Job job) {
        return Stream.generate(() -> job.get("jobs/" + job.id()).statusCode())
                .limit(20)
                .allMatch(status -> status == 200);
    }

    @Test
    void aSignalEndsWithItsJob(Given given) throws Exception {
        Team team = new Team(given);
        ForeignOtfAgent.Job job = team.plan();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> waiting = threads.submit(job::awaitSignal);
            job.plan(ForeignOtfAgent.PLAN);
            assertThat(waiting.get().statusCode(), equalTo(404));
        }
    }

    /** An agent that is stopped says "canceled", though nobody has asked for that. */
    @Test
    void aJobThatItsAgentGaveUpSaysSo(Given given) {
        ForeignOtfAgent.Job job = new Team(given).plan();

        job.finish("canceled").then().statusCode(200);

        assertThat(given.status(job.run()), equalTo("canceled"));
        assertThat(given.log(job.run(), "plan"), containsString("The agent was stopped"));
    }

    @Test
    void anAgentIsGivenAsManyJobsAsItCanHave(Given given) throws Exception {
        Team team = new Team(given);
        team.agent.status("exited").then().statusCode(200);
        ForeignOtfAgent small = team.register("small", 1);
        String configuration = given.configuration(team.workspace, ARCHIVE);
        given.run(team.workspace, configuration, Map.of("plan-only", true));
        String second = given.run(team.workspace, configuration, Map.of("plan-only", true));
        ForeignOtfAgent.Job job = small.job();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> waiting = threads.submit(small::awaitJobs);
            assertThat(given.status(second), equalTo("plan_queued"));
            given.api()
                    .get("/runs/{id}", second)
                    .then()
                    .body("data.attributes.'otf-waiting'.reason", equalTo("all-busy"));
            job.finish("errored").then().statusCode(200);

            waiting.get().then().body("data[0].attributes.run_id", equalTo(second));
        }
    }

    /** What one kind of agent leaves of a plan is nothing that the other could go on from. */
    @Test
    void aPlanIsAppliedByAnAgentOfTheSameKind(Given given) {
        Team team = new Team(given);
        ForeignOtfAgent.Job plan = team.plan();
        plan.plan(ForeignOtfAgent.PLAN);
        ForeignAgent tfc = new ForeignAgent(given.api(), team.poolToken()).register("tfc");
        confirm(given, plan.run());

        assertThat(tfc.pollAtOnce(), equalTo(Optional.empty()));
        ForeignOtfAgent.Job apply = team.agent.job();
        assertThat(apply.run(), equalTo(plan.run()));
        apply.finish("finished").then().statusCode(200);

        team.agent.status("exited").then().statusCode(200);
        String run = team.run(Map.of());
        tfc.plan(tfc.awaitJob(), "what the plan left");
        tfc.status("exited").then().statusCode(200);
        ForeignOtfAgent late = team.register("late", 1);
        confirm(given, run);
        given.api()
                .get("/runs/{id}", run)
                .then()
                .body("data.attributes.'otf-waiting'.reason", equalTo("not-accepted"))
                .body(
                        "data.attributes.'otf-waiting'.message",
                        allOf(containsString("TFC agent protocol"), containsString("1 agent there")));
        ForeignAgent again = new ForeignAgent(given.api(), team.poolToken()).register("again");
        assertThat(again.awaitJob().data("run_id"), equalTo(run));
        assertThat(late.id(), not(equalTo(again.id())));
    }
}
