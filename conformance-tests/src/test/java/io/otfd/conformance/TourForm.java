package io.otfd.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a configuration names the server, and what Terraform then does differently. */
enum TourForm {
    /** The cloud block, with workspaces found by a project and tags. */
    CLOUD(
            """
            terraform {
              cloud {
                hostname     = "%s"
                organization = "%s"
                workspaces {
                  project = "Tour"
                  tags    = { tour = "grand" }
                }
              }
            }
            """,
            "",
            "GET /api/v2/organizations/{organization}/projects",
            "POST /api/v2/organizations/{organization}/projects",
            "PATCH /api/v2/workspaces/{id}",
            "GET /api/v2/workspaces/{id}/tag-bindings",
            "GET /api/v2/runs/{run}/run-events",
            "GET /api/v2/workspaces/{workspace}/current-state-version-outputs",
            "GET /api/v2/state-version-outputs/{id}",
            "GET /api/v2/plans/{id}/json-output",
            "GET /api/v2/plans/{id}/json-output-redacted",
            "POST /api/v2/organizations/{organization}/workspaces/{name}/actions/safe-delete"),

    /** The older backend "remote", with workspaces found by a prefix of their names. */
    REMOTE_BACKEND("""
            terraform {
              backend "remote" {
                hostname     = "%s"
                organization = "%s"
                workspaces {
                  prefix = "tour-"
                }
              }
            }
            """, "tour-");

    /**
     * What either form needs, by the routes' own words. It would ask for the organization's queue and capacity, too, were a
     * run ever to wait for an agent as pending; ours are plan_queued by then.
     */
    private static final List<String> ALWAYS = List.of(
            "GET /.well-known/terraform.json",
            "GET /api/v2/ping",
            "GET /api/v2/organizations/{organization}/entitlement-set",
            "GET /api/v2/organizations/{organization}/workspaces",
            "POST /api/v2/organizations/{organization}/workspaces",
            "GET /api/v2/organizations/{organization}/workspaces/{name}",
            "DELETE /api/v2/organizations/{organization}/workspaces/{name}",
            "POST /api/v2/workspaces/{id}/actions/lock",
            "POST /api/v2/workspaces/{id}/actions/unlock",
            "POST /api/v2/workspaces/{id}/actions/force-unlock",
            "POST /api/v2/workspaces/{workspace}/configuration-versions",
            "GET /api/v2/configuration-versions/{id}",
            "PUT /_archivist/v1/{signed}",
            "GET /_archivist/v1/{signed}",
            "POST /api/v2/runs",
            "GET /api/v2/runs/{id}",
            "POST /api/v2/runs/{id}/actions/apply",
            "POST /api/v2/runs/{id}/actions/discard",
            "POST /api/v2/runs/{id}/actions/cancel",
            "GET /api/v2/workspaces/{workspace}/runs",
            "GET /api/v2/plans/{id}",
            "GET /api/v2/applies/{id}",
            "GET /api/v2/workspaces/{workspace}/current-state-version",
            "POST /api/v2/workspaces/{workspace}/state-versions",
            "GET /api/v2/state-versions/{id}",
            "GET /api/v2/workspaces/{workspace}/vars");

    private static final Pattern ANSWERED = Pattern.compile("DEBUG ([A-Z]+ /\\S*) 2\\d\\d");

    private final String settings;
    private final String prefix;
    private final List<String> besides;

    TourForm(String settings, String prefix, String... besides) {
        this.settings = settings;
        this.prefix = prefix;
        this.besides = List.of(besides);
    }

    String settings(Server server, String organization) {
        return settings.formatted(server.host(), organization);
    }

    String nameOnServer(String workspace) {
        return prefix + workspace;
    }

    /** Makes the first workspace: with the cloud block init asks for its name, the older backend wants it made. */
    void start(Terraform terraform, String workspace) {
        if (this == CLOUD) {
            terraform.answer(workspace, "init").succeeded();
            return;
        }
        terraform.run("init", "-input=false").exited(1);
        terraform.run("workspace", "new", workspace).succeeded();
        terraform.run("init", "-input=false").succeeded();
    }

    /** The older backend knows neither refresh nor saved plans nor variables of a run, and says so itself. */
    boolean refuses(Terraform.Result result) {
        if (this == CLOUD) {
            result.succeeded();
            return false;
        }
        String text = result.exited(1).text();
        if (!text.contains("not supported")) {
            throw new AssertionError("refused otherwise: " + text);
        }
        return true;
    }

    /** Which of the routes that Terraform needs no answer of 2xx is logged for. */
    List<String> unanswered(String log) {
        Set<String> answered = ANSWERED.matcher(log)
                .results()
                .map((MatchResult line) -> line.group(1))
                .collect(Collectors.toSet());
        return new ArrayList<>(Stream.concat(ALWAYS.stream(), besides.stream())
                .filter(route -> !answered.contains(route))
                .toList());
    }
}
