package io.otfd.api.retention;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.retention.RetentionPolicyResource.NEVER;
import static io.otfd.api.retention.RetentionPolicyResource.OLDER;

import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.retention.RetentionPolicies;
import io.otfd.retention.RetentionPolicy;
import java.util.List;
import java.util.Optional;

/** Data retention policies of organizations and workspaces (enterprise/api-docs/data-retention-policies). */
public final class RetentionPolicyEndpoints {

    private static final String OF_ORGANIZATION =
            "/api/v2/organizations/{organization}/relationships/data-retention-policy";
    private static final String OF_WORKSPACE = "/api/v2/workspaces/{id}/relationships/data-retention-policy";

    private static final String DAYS = "delete-older-than-n-days";

    private final RetentionPolicies policies;

    public RetentionPolicyEndpoints(RetentionPolicies policies) {
        this.policies = policies;
    }

    public void register(RouteTable routes) {
        routes.family(RetentionPolicyEndpoints.class, Route.Audience.TOKEN)
                .get(OF_ORGANIZATION, this::readOfOrganization, shows(OLDER, NEVER))
                .post(OF_ORGANIZATION, this::createOfOrganization, creates(OLDER, NEVER))
                .patch(OF_ORGANIZATION, this::updateOfOrganization, updates(OLDER, NEVER))
                .delete(OF_ORGANIZATION, this::deleteOfOrganization, noContent())
                .get(OF_WORKSPACE, this::readOfWorkspace, shows(OLDER, NEVER))
                .post(OF_WORKSPACE, this::createOfWorkspace, creates(OLDER, NEVER))
                .patch(OF_WORKSPACE, this::updateOfWorkspace, updates(OLDER, NEVER))
                .delete(OF_WORKSPACE, this::deleteOfWorkspace, noContent());
    }

    private Answer readOfOrganization(Call call) {
        return answer(200, policies.readOfOrganization(call.caller(), call.path("organization")));
    }

    private Answer readOfWorkspace(Call call) {
        return answer(200, policies.readOfWorkspace(call.caller(), workspace(call)));
    }

    private Answer createOfOrganization(Call call) {
        return answer(201, setOfOrganization(call));
    }

    private Answer updateOfOrganization(Call call) {
        return answer(200, setOfOrganization(call));
    }

    private RetentionPolicy setOfOrganization(Call call) {
        return policies.setOfOrganization(call.caller(), call.path("organization"), days(call));
    }

    private Answer createOfWorkspace(Call call) {
        return answer(201, setOfWorkspace(call));
    }

    private Answer updateOfWorkspace(Call call) {
        return answer(200, setOfWorkspace(call));
    }

    private RetentionPolicy setOfWorkspace(Call call) {
        return policies.setOfWorkspace(call.caller(), workspace(call), days(call));
    }

    /** The type of the document decides; where it is of neither kind, the days are asked for. */
    private static Optional<Integer> days(Call call) {
        byte[] body = call.body();
        Patch patch = Patch.of(body);
        if (Patch.type(body).filter(RetentionPolicyResource.DONT_DELETE::equals).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(patch.optionalInteger(DAYS, Optional.empty())
                .orElseThrow(() -> Refusal.Invalid.attribute(DAYS, "can't be blank")));
    }

    private Answer deleteOfOrganization(Call call) {
        policies.deleteOfOrganization(call.caller(), call.path("organization"));
        return Answer.noContent();
    }

    private Answer deleteOfWorkspace(Call call) {
        policies.deleteOfWorkspace(call.caller(), workspace(call));
        return Answer.noContent();
    }

    private static Answer answer(int status, RetentionPolicy policy) {
        return JsonApi.resource(status, RetentionPolicyResource.of(policy), List.of());
    }

    private static WorkspaceId workspace(Call call) {
        return new WorkspaceId(call.path("id"));
    }
}
