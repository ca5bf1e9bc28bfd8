package io.otfd.api.queryrun;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.FLAGS;
import static io.otfd.api.Schema.OBJECTS;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;
import static io.otfd.api.Schema.TIMES;

import io.otfd.api.Call;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.api.SignedUrls;
import io.otfd.run.QueryRun;
import io.otfd.run.Run;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** The {@code queries} document (cloud-docs/api-docs/queries). */
public final class QueryRunResource {

    static final Schema SCHEMA = Schema.of("queries")
            .readOnly(FLAGS, "actions")
            .writable(TEXT, "source", "terraform-version")
            .writable(FLAG, "generate-config-out")
            .writable(OBJECTS, "variables")
            .readOnly(TEXT, "status", "log-read-url")
            .readOnly(TIMES, "status-timestamps")
            .readOnly(TIME, "created-at", "updated-at")
            .readOnly(TIME.orNull(), "canceled-at")
            .one("workspace", "workspaces")
            .one("configuration-version", "configuration-versions")
            .oneOrNone("created-by", "users")
            .writableRelationships("workspace", "configuration-version");

    /** A CLI may wait for days in front of a log. */
    private static final Duration LOG = Duration.ofDays(7);

    private final SignedUrls urls;
    private final Clock clock;

    public QueryRunResource(SignedUrls urls, Clock clock) {
        this.urls = urls;
        this.clock = clock;
    }

    Resource of(Call call, QueryRun query) {
        Run run = query.run();
        Map<String, String> timestamps = query.statusTimestamps();
        return new Resource(SCHEMA, query.id().value())
                .attribute(
                        "actions",
                        Map.of(
                                "is-cancelable",
                                run.isCancelable(),
                                "is-force-cancelable",
                                run.isForceCancelable(clock.instant())))
                .attribute("source", run.source())
                .attribute("terraform-version", run.terraformVersion())
                .attribute("generate-config-out", run.options().allowConfigGeneration())
                .attribute(
                        "variables",
                        run.options().variables().stream()
                                .map(variable -> Map.of("key", variable.key(), "value", variable.value()))
                                .toList())
                .attribute("status", query.status())
                .attribute("status-timestamps", timestamps)
                .attribute("created-at", run.createdAt())
                .attribute(
                        "updated-at",
                        timestamps.values().stream()
                                .max(String::compareTo)
                                .orElse(run.createdAt().toString()))
                .attribute("canceled-at", timestamps.get("canceled-at"))
                // There from the start: clients ask for it at once.
                .attribute(
                        "log-read-url",
                        urls.sign(call, SignedUrls.Use.READ_LOG, run.plan().id().value(), LOG))
                .toOne("workspace", "workspaces", run.workspace().value())
                .toOne(
                        "configuration-version",
                        "configuration-versions",
                        run.configurationVersion().value())
                .toOne("created-by", "users", run.createdBy())
                .link("self", "/api/v2/queries/" + query.id().value());
    }
}
