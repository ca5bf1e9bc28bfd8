package io.otfd.api.policy;

import static io.otfd.api.Operation.answers;
import static io.otfd.api.Operation.bytes;
import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.policy.PolicyResource.SCHEMA;

import io.otfd.Ids.PolicyId;
import io.otfd.Ids.PolicySetId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.policy.Enforcement;
import io.otfd.policy.Policies;
import io.otfd.policy.PolicyKind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** cloud-docs/api-docs/policies. What policies have found is {@code policy-evaluations}. */
public final class PolicyEndpoints {

    /** Of a policy's source. */
    private static final int MAX_SOURCE = 1 << 20;

    private static final String TEXT = "text/plain; charset=utf-8";

    private final Policies policies;

    public PolicyEndpoints(Policies policies) {
        this.policies = policies;
    }

    public void register(RouteTable routes) {
        routes.family(PolicyEndpoints.class, Route.Audience.TOKEN)
                .get(
                        "/api/v2/organizations/{organization}/policies",
                        this::list,
                        pages(SCHEMA).query("search[name]", "filter[kind]"))
                .post("/api/v2/organizations/{organization}/policies", this::create, creates(SCHEMA))
                .get("/api/v2/policies/{id}", this::read, shows(SCHEMA))
                .patch("/api/v2/policies/{id}", this::update, updates(SCHEMA))
                .delete("/api/v2/policies/{id}", this::delete, noContent())
                .put(
                        "/api/v2/policies/{id}/upload",
                        this::upload,
                        answers(200).takesBytes().bodyIsOptional())
                .get("/api/v2/policies/{id}/download", this::download, bytes(TEXT));
    }

    private Answer list(Call call) {
        return JsonApi.page(
                call,
                ofKind(
                        call,
                        policies.list(
                                call.caller(), call.path("organization"), call.query("search[name]"), call.page())),
                PolicyResource::of);
    }

    /** Of another kind than ours there are none. */
    public static <T> Page<T> ofKind(Call call, Page<T> page) {
        return call.query("filter[kind]")
                        .filter(kind -> !kind.equals(PolicyKind.OPA))
                        .isPresent()
                ? new Page<>(List.of(), page.request(), 0)
                : page;
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        PolicyKind.require(patch.text("kind", PolicyKind.OPA));
        return JsonApi.created(PolicyResource.of(policies.create(
                call.caller(),
                call.path("organization"),
                new Policies.Request(
                        patch.requiredText("name"),
                        patch.optionalText("description"),
                        // Before the query: it tells people who mean Sentinel what is wrong.
                        PolicyResource.enforcement(patch).orElse(Enforcement.ADVISORY),
                        patch.requiredText("query"),
                        Optional.empty(),
                        patch.references("policy-sets", PolicySetId::new).orElse(List.of())))));
    }

    private Answer read(Call call) {
        return JsonApi.resource(PolicyResource.of(policies.read(call.caller(), id(call))));
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        return JsonApi.resource(PolicyResource.of(
                policies.update(call.caller(), id(call), before -> PolicyResource.change(before, patch))));
    }

    private Answer delete(Call call) {
        policies.delete(call.caller(), id(call));
        return Answer.noContent();
    }

    private Answer upload(Call call) {
        PolicyId id = id(call);
        policies.upload(call.caller(), id, text(call.body(MAX_SOURCE)));
        return Answer.empty(200);
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.Invalid.document("A policy must be text in UTF-8.");
        }
    }

    private Answer download(Call call) {
        String source = policies.source(call.caller(), id(call)).orElseThrow(Refusal.NotFound::new);
        return Answer.of(200, TEXT, source.getBytes(StandardCharsets.UTF_8));
    }

    private static PolicyId id(Call call) {
        return new PolicyId(call.path("id"));
    }
}
