package io.otfd.api.planexport;

import static io.otfd.api.Operation.answers;
import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.shows;

import io.otfd.Ids.PhaseId;
import io.otfd.Ids.PlanExportId;
import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.SignedUrls;
import io.otfd.planexport.PlanExport;
import io.otfd.planexport.PlanExports;
import java.time.Duration;

/** cloud-docs/api-docs/plan-exports. */
public final class PlanExportEndpoints {

    private static final Duration READABLE = Duration.ofMinutes(10);

    private final PlanExports exports;
    private final SignedUrls urls;

    public PlanExportEndpoints(PlanExports exports, SignedUrls urls) {
        this.exports = exports;
        this.urls = urls;
    }

    public void register(RouteTable routes) {
        routes.family(PlanExportEndpoints.class, Route.Audience.TOKEN)
                .post("/api/v2/plan-exports", this::create, creates(PlanExportResource.SCHEMA))
                .get("/api/v2/plan-exports/{id}", this::read, shows(PlanExportResource.SCHEMA))
                .get("/api/v2/plan-exports/{id}/download", this::download, answers(302))
                .delete("/api/v2/plan-exports/{id}", this::delete, noContent());
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        String dataType = patch.requiredText("data-type");
        PhaseId plan = patch.reference("plan", PhaseId::new)
                .orElseThrow(() -> Refusal.Invalid.relationship("plan", "A plan export needs a plan."));
        return JsonApi.created(PlanExportResource.of(exports.create(call.caller(), plan, dataType)));
    }

    private Answer read(Call call) {
        return JsonApi.resource(PlanExportResource.of(exports.read(call.caller(), id(call))));
    }

    /** Leads to the archive, which is made there. */
    private Answer download(Call call) {
        PlanExport export = exports.read(call.caller(), id(call));
        if (export.expired()) {
            throw new Refusal.NotFound();
        }
        return Answer.empty(302)
                .with(
                        "Location",
                        urls.sign(
                                call,
                                SignedUrls.Use.READ_PLAN_EXPORT,
                                export.id().value(),
                                READABLE));
    }

    private Answer delete(Call call) {
        exports.delete(call.caller(), id(call));
        return Answer.noContent();
    }

    private static PlanExportId id(Call call) {
        return new PlanExportId(call.path("id"));
    }
}
