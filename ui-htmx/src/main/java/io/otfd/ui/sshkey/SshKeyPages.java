package io.otfd.ui.sshkey;

import io.otfd.Ids.SshKeyId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.OrganizationPermission;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.sshkey.SshKey;
import io.otfd.sshkey.SshKeys;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Crumb;
import io.otfd.ui.Edition;
import io.otfd.ui.Filled;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.MenuItem;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import java.util.Map;
import java.util.Optional;

/** SSH keys of an organization: added, renamed and deleted, never shown. */
public final class SshKeyPages {

    private static final String KEYS = "/app/{organization}/ssh-keys";
    private static final String KEY = KEYS + "/{key}";

    private final Frames frames;
    private final Organizations organizations;
    private final SshKeys keys;

    public SshKeyPages(Frames frames, Organizations organizations, SshKeys keys) {
        this.frames = frames;
        this.organizations = organizations;
        this.keys = keys;
    }

    public void register(Routes routes) {
        routes.get(KEYS, visit -> list(visit, 200, Filled.EMPTY));
        routes.post(KEYS, this::create);
        routes.get(KEY, this::show);
        routes.post(KEY, this::rename);
        routes.get(KEY + "/delete", this::askToDelete);
        routes.post(KEY + "/delete", this::delete);
    }

    private OrganizationView owner(Visit visit) {
        return organizations.read(visit.caller(), visit.path("organization"));
    }

    private Reply list(Visit visit, int status, Filled form) {
        OrganizationView owner = owner(visit);
        String organization = owner.organization().name();
        String url = Links.sshKeys(organization);
        Page<SshKey> page = keys.list(visit.caller(), organization, Paging.request(visit.query()));
        return new Reply.Html(
                status,
                "sshkey/list",
                new SshKeysPage(
                        frames.of(visit, "SSH keys", owner, MenuItem.SSH_KEYS),
                        url,
                        page.map(key -> new SshKeysPage.Row(
                                        key.name(),
                                        key.id().value(),
                                        url + "/" + key.id().value()))
                                .items(),
                        Paging.of(page, url, Map.of()),
                        owner.grants().has(OrganizationPermission.CAN_UPDATE_SSH_KEYS)
                                ? Optional.of(form)
                                : Optional.empty()));
    }

    private Reply create(Visit visit) {
        try {
            SshKey key = keys.create(
                    visit.caller(),
                    visit.path("organization"),
                    visit.form().first("name").orElse(""),
                    visit.form().exact("value"));
            return Reply.Redirect.to(Links.sshKeys(visit.path("organization")))
                    .saying("SSH key " + key.name() + " was added.");
        } catch (Refusal.Invalid e) {
            return list(visit, 422, Filled.refused(visit.form(), e).without("value"));
        }
    }

    private SshKey read(Visit visit, OrganizationView owner) {
        owner.grants().require(OrganizationPermission.CAN_UPDATE_SSH_KEYS);
        SshKey key = keys.read(visit.caller(), new SshKeyId(visit.path("key")));
        if (!key.organization().equals(owner.organization().id())) {
            throw new Refusal.NotFound();
        }
        return key;
    }

    private Reply show(Visit visit) {
        OrganizationView owner = owner(visit);
        SshKey key = read(visit, owner);
        return page(visit, owner, key, 200, Filled.of(Map.of("name", key.name())));
    }

    private Reply page(Visit visit, OrganizationView owner, SshKey key, int status, Filled form) {
        String url = Links.sshKeys(owner.organization().name());
        return new Reply.Html(
                status,
                "sshkey/show",
                new SshKeyPage(
                        frames.of(visit, key.name(), owner, MenuItem.SSH_KEYS, new Crumb("SSH keys", url)),
                        url + "/" + key.id().value(),
                        key.id().value(),
                        form,
                        Edition.carried(form, Edition.of(key.name()))));
    }

    private Reply rename(Visit visit) {
        OrganizationView owner = owner(visit);
        SshKey key = read(visit, owner);
        try {
            Edition.of(key.name()).require(visit.form());
            SshKey renamed = keys.rename(
                    visit.caller(),
                    key.id(),
                    Optional.of(visit.form().first("name").orElse("")));
            return Reply.Redirect.to(Links.sshKeys(owner.organization().name()))
                    .saying("SSH key " + renamed.name() + " was saved.");
        } catch (Refusal.Invalid | Refusal.Conflict e) {
            return page(visit, owner, key, e instanceof Refusal.Invalid ? 422 : 409, Filled.refused(visit.form(), e));
        }
    }

    private Reply askToDelete(Visit visit) {
        OrganizationView owner = owner(visit);
        SshKey key = read(visit, owner);
        String url = Links.sshKeys(owner.organization().name());
        return Reply.Html.of(
                "confirm",
                ConfirmPage.of(
                        frames.of(
                                visit,
                                "Delete SSH key " + key.name(),
                                owner,
                                MenuItem.SSH_KEYS,
                                new Crumb("SSH keys", url)),
                        url + "/" + key.id().value() + "/delete",
                        "Delete SSH key",
                        url,
                        "Workspaces that use it go on without. This cannot be undone."));
    }

    private Reply delete(Visit visit) {
        OrganizationView owner = owner(visit);
        SshKey key = read(visit, owner);
        keys.delete(visit.caller(), key.id());
        return Reply.Redirect.to(Links.sshKeys(owner.organization().name()))
                .saying("SSH key " + key.name() + " was deleted.");
    }
}
