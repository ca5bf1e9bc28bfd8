package io.otfd.api.sshkey;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.Schema.TEXT;

import io.otfd.Ids.SshKeyId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.Schema;
import io.otfd.api.workspace.WorkspaceResource;
import io.otfd.sshkey.SshKey;
import io.otfd.sshkey.SshKeys;
import java.util.Optional;

/** SSH keys, and which one a workspace uses (cloud-docs/api-docs/ssh-keys and workspaces). */
public final class SshKeyEndpoints {

    private static final Schema SCHEMA =
            Schema.of("ssh-keys").writable(TEXT, "name").writeOnly(TEXT, "value");

    private final SshKeys keys;

    public SshKeyEndpoints(SshKeys keys) {
        this.keys = keys;
    }

    public void register(RouteTable routes) {
        routes.family(SshKeyEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/organizations/{organization}/ssh-keys", this::list, pages(SCHEMA))
                .post("/api/v2/organizations/{organization}/ssh-keys", this::create, creates(SCHEMA))
                .get("/api/v2/ssh-keys/{id}", this::read, shows(SCHEMA))
                .patch("/api/v2/ssh-keys/{id}", this::update, updates(SCHEMA))
                .delete("/api/v2/ssh-keys/{id}", this::delete, noContent())
                .patch(
                        "/api/v2/workspaces/{id}/relationships/ssh-key",
                        this::assign,
                        shows(WorkspaceResource.SCHEMA).takesIdentifierOrNull("ssh-keys"));
    }

    private Answer list(Call call) {
        return JsonApi.page(
                call, keys.list(call.caller(), call.path("organization"), call.page()), SshKeyEndpoints::of);
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        return JsonApi.created(of(keys.create(
                call.caller(), call.path("organization"), patch.requiredText("name"), patch.requiredText("value"))));
    }

    private Answer read(Call call) {
        return JsonApi.resource(of(keys.read(call.caller(), id(call))));
    }

    /** The value stays: a new one is a new key. */
    private Answer update(Call call) {
        return JsonApi.resource(
                of(keys.rename(call.caller(), id(call), call.patch().optionalText("name"))));
    }

    private Answer delete(Call call) {
        keys.delete(call.caller(), id(call));
        return Answer.noContent();
    }

    /** The key's id is an attribute, as documented; a plain identifier of type ssh-keys or null will do as well. */
    private Answer assign(Call call) {
        byte[] body = call.body();
        Optional<String> key = Patch.type(body).filter("ssh-keys"::equals).isPresent() || Patch.isNull(body)
                ? Patch.identifier(body)
                : Patch.of(body).nullableText("id");
        return JsonApi.resource(WorkspaceResource.of(
                keys.assign(call.caller(), new WorkspaceId(call.path("id")), key.map(SshKeyId::new))));
    }

    private static Resource of(SshKey key) {
        return new Resource(SCHEMA, key.id().value())
                .attribute("name", key.name())
                .link("self", "/api/v2/ssh-keys/" + key.id().value());
    }

    private static SshKeyId id(Call call) {
        return new SshKeyId(call.path("id"));
    }
}
