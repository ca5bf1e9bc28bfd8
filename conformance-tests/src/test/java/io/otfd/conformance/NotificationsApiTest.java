package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.restassured.response.Response;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/notification-configurations, against a receiver of our own. */
@ExtendWith(OtfdExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationsApiTest {

    private static final String OF_WORKSPACE = "/workspaces/{id}/notification-configurations";
    private static final String ONE = "/notification-configurations/{id}";
    private static final String KEY = "hmac-key-of-nobody";
    private static final List<String> OF_RUNS = List.of(
            "run:created", "run:planning", "run:needs_attention", "run:applying", "run:completed", "run:errored");

    private final Sandbox sandbox = new Sandbox();
    private final Receiver receiver = new Receiver();
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private RunningOtfd otfd;
    private Given given;

    /** One that may speak to this machine, and knows an SMTP server. */
    @BeforeAll
    void start() {
        mail.start();
        otfd = sandbox.otfd(
                "--http",
                "--concurrency",
                "1",
                "--notification-allow-private",
                "--smtp-address",
                "127.0.0.1:" + mail.getSmtp().getPort(),
                "--smtp-encryption",
                "none",
                "--smtp-from",
                "otfd@example.com");
        given = new Given(otfd.api());
    }

    @AfterAll
    void stop() {
        sandbox.close();
        receiver.close();
        mail.stop();
    }

    private static Document webhook(String url) {
        return Document.of("notification-configurations")
                .with("destination-type", "generic")
                .with("name", "hook")
                .with("enabled", true)
                .with("triggers", OF_RUNS)
                .with("url", url);
    }

    private String configured(Given given, Workspace workspace, Document document) {
        return given.api()
                .post(document, OF_WORKSPACE, workspace.id())
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    /** A run that no agent takes: its pool has none. */
    private String waitingRun(Workspace workspace) {
        return given.run(workspace, Map.of(), "");
    }

    private void cancel(String run) {
        given.api()
                .request()
                .body("{}")
                .post("/runs/{id}/actions/cancel", run)
                .then()
                .statusCode(202);
    }

    private List<String> triggers(String path, String run) {
        return receiver.heard(path).stream()
                .filter(each -> run.equals(each.run()))
                .map(Receiver.Heard::trigger)
                .toList();
    }

    @Test
    void documentIsTheDocumentedOne() {
        Workspace workspace = given.workspace(given.organization());
        Response created = given.api()
                .post(
                        webhook("http://example.com/hook-of-nobody")
                                .with("enabled", false)
                                .with("token", KEY),
                        OF_WORKSPACE,
                        workspace.id());

        created.then()
                .statusCode(201)
                .body("data.id", startsWith("nc-"))
                .body("data.attributes.token", nullValue())
                .body("data.attributes.enabled", equalTo(false))
                .body("data.attributes.delivery-responses", empty())
                .body("data.relationships.subscribable.data.id", equalTo(workspace.id()));
        Shape.check("notification-configurations", created);
        String id = created.path("data.id");
        given.api()
                .get(OF_WORKSPACE, workspace.id())
                .then()
                .statusCode(200)
                .body("data.id", contains(id))
                .body("meta", nullValue());
        given.api()
                .get(OF_WORKSPACE + "?page[number]=9", workspace.id())
                .then()
                .body("data", empty())
                .body("meta.pagination.total-count", equalTo(1));
        given.api()
                .patch(Document.of("notification-configurations").with("name", "renamed"), ONE, id)
                .then()
                .statusCode(200)
                .body("data.attributes.name", equalTo("renamed"))
                .body("data.attributes.url", equalTo("http://example.com/hook-of-nobody"))
                .body("data.attributes.triggers", equalTo(OF_RUNS));
        assertThat(new DatabaseSearch(otfd).places(KEY), empty());
        assertThat(new DatabaseSearch(otfd).places("hook-of-nobody"), empty());
        given.api().delete(ONE, id).then().statusCode(204);
        Refused.notFound(given.api().get(ONE, id));
    }

    @Test
    void badValuesAreNamed() {
        Workspace workspace = given.workspace(given.organization());
        Map<String, Object> bad = Map.of(
                "name", " ",
                "destination-type", "pigeon",
                "triggers", List.of("run:lost"),
                "url", "file:///etc/passwd",
                "enabled", "perhaps",
                "email-addresses", List.of("ops@example.com"));
        bad.forEach((name, value) -> Refused.invalid(
                "/data/attributes/" + name,
                given.api().post(webhook("http://example.com").with(name, value), OF_WORKSPACE, workspace.id())));
        Refused.invalid(
                "/data/attributes/url",
                given.api().post(webhook("http://me:secret@example.com/"), OF_WORKSPACE, workspace.id()));
        Refused.invalid(
                "/data/attributes/token",
                given.api()
                        .post(
                                webhook("http://example.com")
                                        .with("destination-type", "slack")
                                        .with("token", KEY),
                                OF_WORKSPACE,
                                workspace.id()));
        Refused.invalid(
                "/data/attributes/email-addresses",
                given.api()
                        .post(
                                Document.of("notification-configurations")
                                        .with("destination-type", "email")
                                        .with("name", "mail")
                                        .with("email-addresses", List.of("a@b\r\nBcc: c@d")),
                                OF_WORKSPACE,
                                workspace.id()));
        given.api().get(OF_WORKSPACE, workspace.id()).then().body("data", empty());
    }

    @Test
    void onlyThoseWhoMayChangeTheWorkspaceSeeThem() {
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        String id = configured(given, workspace, webhook("http://example.com").with("enabled", false));
        String team = given.team(organization);
        given.api()
                .post(
                        Document.of("team-workspaces")
                                .with("access", "write")
                                .toOne("team", "teams", team)
                                .toOne("workspace", "workspaces", workspace.id()),
                        "/team-workspaces")
                .then()
                .statusCode(201);

        Api writer = given.as(team);
        writer.get("/workspaces/{id}", workspace.id()).then().statusCode(200);
        Refused.notFound(writer.get(OF_WORKSPACE, workspace.id()));
        Refused.notFound(writer.get(ONE, id));
        Refused.notFound(writer.post(webhook("http://example.com"), OF_WORKSPACE, workspace.id()));
        Refused.notFound(writer.request().post(ONE + "/actions/verify", id));
        Refused.notFound(writer.delete(ONE, id));
        Refused.unauthorized(writer.as("nobody").get(ONE, id));
    }

    @Test
    void whatIsEnabledIsVerifiedFirst() {
        Workspace workspace = given.workspace(given.organization());

        Refused.with(
                400,
                given.api().post(webhook("http://127.0.0.1:" + RunningOtfd.freePort()), OF_WORKSPACE, workspace.id()));
        given.api().get(OF_WORKSPACE, workspace.id()).then().body("data", empty());
        assertThat(receiver.heard("/verified"), empty());

        Response created =
                given.api().post(webhook(receiver.url("/verified")).with("token", KEY), OF_WORKSPACE, workspace.id());

        created.then()
                .statusCode(201)
                .body("data.attributes.delivery-responses[0].code", equalTo("200"))
                .body("data.attributes.delivery-responses[0].successful", equalTo("true"))
                .body("data.attributes.delivery-responses[0].body", equalTo("thank you"))
                .body("data.attributes.delivery-responses[0].url", equalTo(receiver.url("/verified")));
        Receiver.Heard verification = receiver.heard("/verified").getFirst();
        assertThat(verification.contentType(), startsWith("application/json"));
        assertThat(verification.signature().orElseThrow(), equalTo(signature(KEY, verification.body())));
        assertThat(verification.json().getInt("payload_version"), equalTo(1));
        assertThat(verification.json().getString("notification_configuration_id"), equalTo(created.path("data.id")));
        assertThat(verification.run(), nullValue());
        assertThat(verification.trigger(), equalTo("verification"));
        given.api()
                .request()
                .post(ONE + "/actions/verify", (String) created.path("data.id"))
                .then()
                .statusCode(200)
                .body("data.attributes.delivery-responses", hasSize(2));
        assertThat(receiver.heard("/verified"), hasSize(2));
    }

    private static String signature(String key, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException exception) {
            throw new IllegalStateException(exception);
        }
    }

    @Test
    void aRunIsToldOfInOrderAndSigned() {
        Terraform.required();
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        String id = configured(given, workspace, webhook(receiver.url("/order")).with("token", KEY));
        String run = given.run(workspace, Map.of("message", "why <not> \"this\""), """
                resource "terraform_data" "a" {
                }
                """);
        given.await(run, "planned");
        given.api()
                .request()
                .body("{}")
                .post("/runs/{id}/actions/apply", run)
                .then()
                .statusCode(202);
        given.await(run, "applied");

        Eventually.holds(
                "five messages, not " + triggers("/order", run),
                () -> triggers("/order", run).size() == 5);

        assertThat(
                triggers("/order", run),
                contains("run:created", "run:planning", "run:needs_attention", "run:applying", "run:completed"));
        Receiver.Heard last = receiver.heard("/order").getLast();
        assertThat(last.signature().orElseThrow(), equalTo(signature(KEY, last.body())));
        assertThat(last.json().getString("notification_configuration_id"), equalTo(id));
        assertThat(last.json().getString("run_message"), equalTo("why <not> \"this\""));
        assertThat(last.json().getString("run_created_by"), equalTo("admin"));
        assertThat(last.json().getString("workspace_id"), equalTo(workspace.id()));
        assertThat(last.json().getString("workspace_name"), equalTo(workspace.name()));
        assertThat(last.json().getString("organization_name"), equalTo(organization.name()));
        assertThat(last.json().getString("notifications[0].run_status"), equalTo("applied"));
        String page = last.json().getString("run_url");
        assertThat(
                page,
                equalTo(otfd.server().address() + "/app/" + organization.name() + "/workspaces/" + workspace.name()
                        + "/runs/" + run));
    }

    @Test
    void onlyWhatWasAskedForIsTold() {
        Organization organization = given.organizationWithPool();
        Workspace workspace = given.workspace(organization);
        configured(given, workspace, webhook(receiver.url("/errored")).with("triggers", List.of("run:errored")));
        configured(given, workspace, webhook(receiver.url("/off")).with("enabled", false));
        String project = given.api().get("/workspaces/{id}", workspace.id()).path("data.relationships.project.data.id");
        given.api()
                .post(webhook(receiver.url("/project")), "/projects/{id}/notification-configurations", project)
                .then()
                .statusCode(201)
                .body("data.relationships.subscribable.data.type", equalTo("projects"));
        String speculative = given.run(workspace, Map.of("plan-only", true), "");
        cancel(speculative);
        String run = waitingRun(workspace);
        cancel(run);

        Eventually.holds(
                "both messages to the project",
                () -> triggers("/project", run).equals(List.of("run:created", "run:errored")));
        Eventually.holds("one message", () -> triggers("/errored", run).equals(List.of("run:errored")));
        assertThat(receiver.heard("/off"), empty());
        assertThat(triggers("/project", speculative), empty());
    }

    @Test
    void chatsGetTheirOwnForm() {
        Workspace workspace = given.workspace(given.organizationWithPool());
        configured(given, workspace, webhook(receiver.url("/slack")).with("destination-type", "slack"));
        configured(given, workspace, webhook(receiver.url("/teams")).with("destination-type", "microsoft-teams"));
        given.run(workspace, Map.of("message", "<!channel> look [here](http://example.com)"), "");

        Eventually.holds(
                "both chats having heard of it",
                () -> receiver.heard("/slack").size() == 2
                        && receiver.heard("/teams").size() == 2);

        String slack = new String(receiver.heard("/slack").getLast().body(), StandardCharsets.UTF_8);
        assertThat(slack, containsString("&lt;!channel&gt;"));
        assertThat(
                receiver.heard("/slack").getLast().json().getString("attachments[0].title"),
                containsString("Run Created"));
        List<String> blocks = receiver.heard("/teams").getLast().json().getList("attachments[0].content.body.type");
        assertThat(blocks, everyItem(equalTo("RichTextBlock")));
    }

    @Test
    void whatFailsIsTriedAgain() {
        Receiver failing = new Receiver();
        try (failing) {
            Workspace workspace = given.workspace(given.organizationWithPool());
            String id =
                    configured(given, workspace, webhook(failing.url("/")).with("triggers", List.of("run:created")));
            failing.answer(503, 429, 200);
            waitingRun(workspace);

            Eventually.holds(
                    "a delivery that has arrived",
                    () -> "true"
                                    .equals(given.api()
                                            .get(ONE, id)
                                            .path("data.attributes.delivery-responses[0].successful"))
                            && failing.heard("/").size() == 4);
            given.api()
                    .get(ONE, id)
                    .then()
                    .body("data.attributes.delivery-responses", hasSize(2))
                    .body("data.attributes.delivery-responses[0].code", equalTo("200"));

            failing.answer(404, 404);
            String run = waitingRun(workspace);
            Eventually.holds(
                    "a delivery that has failed",
                    () -> "404".equals(given.api().get(ONE, id).path("data.attributes.delivery-responses[0].code")));
            assertThat(
                    failing.heard("/").stream()
                            .filter(each -> run.equals(each.run()))
                            .toList(),
                    hasSize(1));
        }
    }

    @Test
    void redirectsAreNotFollowed() {
        try (Receiver pointing = new Receiver()) {
            pointing.redirect(receiver.url("/redirected"));
            pointing.answer(307);
            Workspace workspace = given.workspace(given.organization());

            Response refused = given.api().post(webhook(pointing.url("/")), OF_WORKSPACE, workspace.id());

            Refused.with(400, refused);
            refused.then().body("errors[0].detail", containsString("307"));
            assertThat(receiver.heard("/redirected"), empty());
        }
    }

    /** On a server that was not told otherwise. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/hostile",
                "http://localhost:%d/hostile",
                "http://[::1]:%d/hostile",
                "http://[::ffff:127.0.0.1]:%d/hostile",
                "http://2130706433:%d/hostile",
                "http://0.0.0.0:%d/hostile",
                "http://169.254.169.254/latest/meta-data/",
                "http://[fd00:ec2::254]/latest/meta-data/",
                "http://10.0.0.1/",
                "http://100.100.100.200/",
                "http://[64:ff9b::7f00:1]/"
            })
    void privateAddressesAreRefused(String url, Given strict) {
        Workspace workspace = strict.workspace(strict.organization());

        Refused.with(400, strict.api().post(webhook(url.formatted(receiver.port())), OF_WORKSPACE, workspace.id()));

        assertThat(receiver.heard("/hostile"), empty());
        strict.api().get(OF_WORKSPACE, workspace.id()).then().body("data", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://0x7f.1:%d/hostile", "http://127.1:%d/hostile"})
    void oldSpellingsOfAddressesAreNoUrls(String url) {
        Workspace workspace = given.workspace(given.organization());

        Refused.with(422, given.api().post(webhook(url.formatted(receiver.port())), OF_WORKSPACE, workspace.id()));

        assertThat(receiver.heard("/hostile"), empty());
    }

    @Test
    void linksAreRefusedEvenWherePrivateNetworksAreAllowed() {
        Workspace workspace = given.workspace(given.organization());

        Response refused =
                given.api().post(webhook("http://169.254.169.254/latest/meta-data/"), OF_WORKSPACE, workspace.id());

        Refused.with(400, refused);
        refused.then().body("errors[0].detail", containsString("169.254.169.254 is not public"));
    }

    @Test
    void severalServersTellOnce() {
        RunningOtfd second = sandbox.otfd(
                "--http",
                "--concurrency",
                "0",
                "--notification-allow-private",
                "--database",
                "postgres://otfd:%s@127.0.0.1:%s/postgres".formatted(otfd.databasePassword(), otfd.databasePort()),
                "--encryption-key-file",
                otfd.encryptionKeyFile().toString());
        Organization organization = given.organizationWithPool();
        List<Workspace> workspaces = IntStream.range(0, 5)
                .mapToObj(number -> {
                    Workspace workspace = given.workspace(organization);
                    configured(given, workspace, webhook(receiver.url("/once")));
                    return workspace;
                })
                .toList();

        List<String> runs = workspaces.stream().map(this::waitingRun).toList();
        runs.forEach(this::cancel);

        Eventually.holds(
                "two messages of each run",
                () -> runs.stream().allMatch(run -> triggers("/once", run).size() >= 2));
        second.stop();
        runs.forEach(run -> assertThat(triggers("/once", run), contains("run:created", "run:errored")));
    }

    @Test
    void mailIsSent() throws MessagingException, IOException {
        Workspace workspace = given.workspace(given.organizationWithPool());
        String id = configured(
                given,
                workspace,
                Document.of("notification-configurations")
                        .with("destination-type", "email")
                        .with("name", "mail")
                        .with("enabled", true)
                        .with("triggers", List.of("run:created"))
                        .with("email-addresses", List.of("ops@example.com", "dev@example.com")));
        String run = waitingRun(workspace);

        Eventually.holds("a message for both", () -> mail.getReceivedMessages().length == 2);

        MimeMessage message = mail.getReceivedMessages()[0];
        assertThat(message.getSubject(), equalTo(workspace.organization() + "/" + workspace.name() + ": Run Created"));
        assertThat(message.getFrom()[0].toString(), equalTo("otfd@example.com"));
        assertThat(message.getContent().toString(), containsString(run));
        assertThat(message.getHeader("To", ","), containsString("undisclosed"));
        Eventually.holds(
                "the delivery being written down",
                () -> "true".equals(given.api().get(ONE, id).path("data.attributes.delivery-responses[0].successful")));
    }

    @Test
    void withoutAnSmtpServerTheDeliverySaysSo(Given plain) {
        Workspace workspace = plain.workspace(plain.organization());
        String id = configured(
                plain,
                workspace,
                Document.of("notification-configurations")
                        .with("destination-type", "email")
                        .with("name", "mail")
                        .with("enabled", true)
                        .with("email-addresses", List.of("ops@example.com")));

        Response refused = plain.api().request().post(ONE + "/actions/verify", id);

        Refused.with(400, refused);
        refused.then().body("errors[0].detail", containsString("SMTP"));
        plain.api()
                .get(ONE, id)
                .then()
                .body("data.attributes.delivery-responses[0].body", containsString("--smtp-address"))
                .body("data.attributes.delivery-responses[0].successful", equalTo("false"));
    }

    @Test
    void teamsAreToldOfChangeRequestsOnly() {
        Organization organization = given.organization();
        String team = given.team(organization);
        String path = "/teams/{id}/notification-configurations";

        Refused.invalid(
                "/data/attributes/triggers",
                given.api().post(webhook(receiver.url("/team")).with("enabled", false), path, team));
        given.api()
                .post(webhook(receiver.url("/team")).with("triggers", List.of("change_request:created")), path, team)
                .then()
                .statusCode(201)
                .body("data.relationships.subscribable.data.type", equalTo("teams"));
    }
}
