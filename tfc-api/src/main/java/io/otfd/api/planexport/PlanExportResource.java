package io.otfd.api.planexport;

import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIMES;

import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.planexport.PlanExport;
import java.util.Map;

/** The {@code plan-exports} document (cloud-docs/api-docs/plan-exports). */
final class PlanExportResource {

    static final Schema SCHEMA = Schema.of("plan-exports")
            .writable(TEXT, "data-type")
            .readOnly(TEXT, "status")
            .readOnly(TIMES, "status-timestamps")
            .one("plan", "plans")
            .writableRelationships("plan");

    private PlanExportResource() {}

    /** {@code expired-at} is known from the beginning, as documented. */
    static Resource of(PlanExport export) {
        String self = "/api/v2/plan-exports/" + export.id().value();
        Resource resource = new Resource(SCHEMA, export.id().value())
                .attribute("data-type", export.dataType())
                .attribute("status", export.status())
                .attribute(
                        "status-timestamps",
                        Map.of(
                                "queued-at", export.createdAt(),
                                "finished-at", export.createdAt(),
                                "expired-at", export.expiresAt()))
                .toOne("plan", "plans", export.plan().value())
                .link("self", self);
        return export.expired() ? resource : resource.link("download", self + "/download");
    }
}
