package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every page in both themes, on a telephone and on a desk: axe-core finds nothing serious, and nothing is wider than the
 * window. Pictures of all are left in {@code target/pages}.
 */
@ExtendWith(OtfdExtension.class)
class PagesLookTest {

    private static final int[] WIDTHS = {390, 1440};
    private static final Set<String> GRAVE = Set.of("serious", "critical");
    private static final String MAIN = """
            resource "terraform_data" "one" {
              input = "first"
            }

            output "greeting" {
              value = "hello"
            }
            """;

    @Test
    void everyPageIsAccessibleAndFits(Shared shared, Sandbox sandbox) {
        Terraform.required();
        Map<String, String> pages = pages(shared, sandbox);
        List<String> findings = new ArrayList<>();
        try (Chromium chromium = Chromium.required()) {
            for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page =
                        chromium.window(options -> options.setColorScheme(theme).setBypassCSP(true));
                page.navigate(shared.server().resolve("/login").toString());
                findings.addAll(look(page, "login", theme));
                Controls.login(page, new Hands.Mouse(), shared.server());
                pages.forEach((name, path) -> {
                    page.navigate(shared.server().resolve(path).toString());
                    // Folded parts are looked at, too; those that load their content do it at once.
                    page.evaluate("document.querySelectorAll('main details').forEach(part => part.open = true)");
                    findings.addAll(look(page, name, theme));
                });
            }
        }
        assertThat(String.join("\n", findings), findings, is(empty()));
    }

    private static List<String> look(Page page, String name, ColorScheme theme) {
        List<String> findings = new ArrayList<>();
        for (int width : WIDTHS) {
            page.setViewportSize(width, 900);
            String where = name + "-" + theme.name().toLowerCase() + "-" + width;
            page.screenshot(
                    new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target", "pages", where + ".png")));
            Object wider = page.evaluate("document.documentElement.scrollWidth - innerWidth");
            if (((Number) wider).intValue() > 0) {
                findings.add(where + " is " + wider + " px wider than the window");
            }
            for (Rule rule : new AxeBuilder(page).analyze().getViolations()) {
                if (GRAVE.contains(rule.getImpact())) {
                    findings.add(where + ": " + rule.getId() + ", " + rule.getHelp() + ": "
                            + rule.getNodes().stream()
                                    .limit(3)
                                    .map(node -> node.getHtml())
                                    .toList());
                }
            }
        }
        return findings;
    }

    /** An organization with one of everything, and the addresses of its pages by name. */
    private static Map<String, String> pages(Shared shared, Sandbox sandbox) {
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        String pool = organization.pool().orElseThrow();
        sandbox.agent(shared.server(), given.poolToken(pool), "--name", "cellar");
        Workspace workspace = given.workspace(organization);
        given.workspace(organization, Map.of("description", "A second one"));
        String applied = given.run(workspace, Map.of("auto-apply", true, "message", "Make the first thing"), MAIN);
        given.await(applied, "applied");
        String planned = given.run(workspace, Map.of("is-destroy", true, "message", "Destroy it again"), MAIN);
        given.await(planned, "planned");
        String variable =
                given.variable(workspace, Map.of("key", "region", "value", "eu-central-1", "category", "terraform"));
        given.variable(workspace, Map.of("key", "TOKEN", "value", "hidden", "category", "env", "sensitive", true));
        String notification = given.notification(workspace);
        String state = given.api()
                .get("/workspaces/{id}/current-state-version", workspace.id())
                .path("data.id");
        String home = "/app/" + organization.name();
        String place = home + "/workspaces/" + workspace.name();
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("organizations", "/app/organizations");
        pages.put("tokens", "/app/settings/tokens");
        pages.put("agents-of-site", "/app/agents");
        pages.put("preferences", "/app/preferences");
        pages.put("search", "/app/search?q=a&organization=" + organization.name());
        pages.put("runs-everywhere", home + "/runs");
        pages.put("account", "/app/settings/account");
        pages.put("users", "/app/settings/users");
        pages.put(
                "user",
                "/app/settings/users/" + given.api().get("/account/details").path("data.id"));
        pages.put("workspaces", home + "/workspaces");
        pages.put("workspace", place);
        pages.put("workspace-settings", place + "/settings");
        pages.put("workspace-tags", place + "/settings/tags");
        pages.put("state-sharing", place + "/settings/state-sharing");
        pages.put("workspace-ssh-key", place + "/settings/ssh-key");
        pages.put("workspace-readme", place + "/readme");
        pages.put("not-found", home + "/workspaces/nothing-here");
        pages.put("workspaces-empty", "/app/" + given.organization().name() + "/workspaces");
        pages.put("run-tasks", home + "/run-tasks");
        pages.put("workspace-run-tasks", place + "/settings/run-tasks");
        pages.put("run-triggers", place + "/settings/run-triggers");
        pages.put("team-access", place + "/settings/teams");
        pages.put("workspace-delete", place + "/delete");
        pages.put("variables", place + "/variables");
        pages.put("variable", place + "/variables/" + variable);
        pages.put("notifications", place + "/notifications");
        pages.put("notification", place + "/notifications/" + notification);
        pages.put("states", place + "/states");
        pages.put("state", place + "/states/" + state);
        pages.put("state-diff", place + "/states/" + state + "/diff");
        pages.put("projects", home + "/projects");
        pages.put("project", home + "/projects/" + given.project(organization, "networking"));
        String module = RegistryModule.create(given, organization)
                .publish(given, "1.0.0")
                .publish(given, "1.1.0-beta1")
                .read(given.api())
                .path("data.id");
        pages.put("registry", home + "/registry");
        pages.put("registry-empty", "/app/" + given.organization().name() + "/registry");
        pages.put("registry-module", home + "/registry/" + module);
        pages.put("registry-module-delete", home + "/registry/" + module + "/versions/1.0.0/delete");
        pages.put("runs", place + "/runs");
        pages.put("run-new", place + "/runs/new");
        String query = given.api()
                .post(
                        Document.of("queries")
                                .with("source", "tfe-api")
                                .toOne("workspace", "workspaces", workspace.id()),
                        "/queries")
                .path("data.id");
        pages.put("queries", place + "/queries");
        pages.put("query", place + "/queries/" + query);
        pages.put("run-plan", place + "/runs/" + applied + "/plan");
        pages.put("run-plan-change", place + "/runs/" + applied + "/plan/0");
        pages.put("run-planned", place + "/runs/" + planned);
        pages.put("run-applied", place + "/runs/" + applied);
        pages.put("agent-pools", home + "/agent-pools");
        pages.put("agent-pool", home + "/agent-pools/" + pool);
        pages.put("agent-pool-delete", home + "/agent-pools/" + pool + "/delete");
        pages.put("members", home + "/members");
        pages.put("teams", home + "/teams");
        pages.put("team", home + "/teams/" + given.owners(organization));
        pages.put("organization-token", home + "/tokens");
        pages.put("ssh-keys", home + "/ssh-keys");
        pages.put("ssh-key", home + "/ssh-keys/" + sshKey(given, organization));
        pages.put("organization-settings", home + "/settings");
        pages.put("agents", home + "/agents");
        pages.put(
                "agent-drain",
                home + "/agents/"
                        + given.api().get("/agent-pools/{id}/agents", pool).path("data[0].id") + "/drain");
        pages.put("variable-sets", home + "/variable-sets");
        pages.put("variable-set", home + "/variable-sets/" + set(given, organization));
        String policy = policy(given, organization);
        pages.put("policies", home + "/policies");
        pages.put("policy", home + "/policies/" + policy);
        pages.put("policy-sets", home + "/policy-sets");
        pages.put("policy-set", home + "/policy-sets/" + policySet(given, organization, policy));
        return pages;
    }

    private static String sshKey(Given given, Organization organization) {
        return given.api()
                .post(
                        Document.of("ssh-keys").with("name", "modules").with("value", "a key"),
                        "/organizations/{name}/ssh-keys",
                        organization.name())
                .path("data.id");
    }

    private static String policy(Given given, Organization organization) {
        return given.api()
                .post(
                        Document.of("policies")
                                .with("name", "no-deletes")
                                .with("kind", "opa")
                                .with("query", "data.terraform.deny")
                                .with("enforcement-level", "mandatory"),
                        "/organizations/{name}/policies",
                        organization.name())
                .path("data.id");
    }

    /** It applies to nothing, so that runs of this organization go on as they would. */
    private static String policySet(Given given, Organization organization, String policy) {
        return given.api()
                .post(
                        Document.of("policy-sets")
                                .with("name", "production")
                                .with("kind", "opa")
                                .toMany("policies", "policies", policy),
                        "/organizations/{name}/policy-sets",
                        organization.name())
                .path("data.id");
    }

    /** A variable set that is in every workspace. */
    private static String set(Given given, Organization organization) {
        String set = given.api()
                .post(
                        Document.of("varsets").with("name", "shared").with("global", true),
                        "/organizations/{name}/varsets",
                        organization.name())
                .path("data.id");
        given.api()
                .post(
                        Document.of("vars")
                                .with("key", "region")
                                .with("value", "us")
                                .with("category", "terraform"),
                        "/varsets/{id}/relationships/vars",
                        set);
        return set;
    }
}
