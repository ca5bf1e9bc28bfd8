package io.otfd.ui.workspace;

import io.otfd.Refusal;
import io.otfd.access.WorkspacePermission;
import io.otfd.tagbinding.TagBinding;
import io.otfd.ui.Crumb;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.SettingsTab;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.ui.tagbinding.TagBindingForm;
import io.otfd.workspace.Tag;
import io.otfd.workspace.Tags;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tags of a workspace: flat ones, and keys that are bound to values. */
public final class TagPages {

    private static final String TAGS = "/app/{organization}/workspaces/{workspace}/settings/tags";
    private static final String NAME = "name";

    private final Frames frames;
    private final Workspaces workspaces;
    private final Tags tags;
    private final Clock clock;

    public TagPages(Frames frames, Workspaces workspaces, Tags tags, Clock clock) {
        this.frames = frames;
        this.workspaces = workspaces;
        this.tags = tags;
        this.clock = clock;
    }

    public void register(Routes routes) {
        routes.get(TAGS, visit -> page(visit, 200, Filled.EMPTY, stored(visit)));
        routes.post(TAGS, this::add);
        routes.post(TAGS + "/remove", this::remove);
        routes.post(TAGS + "/bindings", this::bind);
    }

    private WorkspaceView read(Visit visit) {
        WorkspaceView view = workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
        view.grants().require(WorkspacePermission.CAN_UPDATE);
        return view;
    }

    private static String settings(Workspace workspace) {
        return Links.workspaceSettings(workspace.organizationName(), workspace.name());
    }

    private static String url(Workspace workspace) {
        return SettingsTab.TAGS.url(settings(workspace));
    }

    private List<TagBinding> bindings(Visit visit, WorkspaceView view) {
        return workspaces.bindings(visit.caller(), view.workspace().id());
    }

    private Filled stored(Visit visit) {
        return Filled.of(Map.of(TagBindingForm.FIELD, TagBindingForm.lines(bindings(visit, read(visit)))));
    }

    private Reply page(Visit visit, int status, Filled form, Filled bindingForm) {
        WorkspaceView view = read(visit);
        Workspace workspace = view.workspace();
        String settings = settings(workspace);
        return new Reply.Html(
                status,
                "workspace/tags",
                new TagsPage(
                        frames.of(visit, "Tags", view, WorkspaceTab.SETTINGS, new Crumb("Settings", settings)),
                        url(workspace),
                        SettingsTab.tabs(settings, SettingsTab.TAGS),
                        view.grants().has(WorkspacePermission.CAN_MANAGE_TAGS),
                        workspace.tagNames(),
                        form,
                        workspaces.effectiveBindings(List.of(view)).getOrDefault(workspace.id(), List.of()).stream()
                                .filter(binding -> binding.inheritedFrom().isPresent())
                                .map(TagBindingForm::line)
                                .toList(),
                        bindingForm,
                        TagBindingForm.edition(bindings(visit, view)).text()));
    }

    private Reply add(Visit visit) {
        WorkspaceView view = read(visit);
        String name = visit.form().first(NAME).orElse("");
        try {
            tags.add(visit.caller(), view.workspace().id(), List.of(new Tag.Reference.ByName(name)));
        } catch (Refusal.Invalid e) {
            return page(visit, 422, Filled.refused(visit.form(), e), stored(visit));
        }
        return Reply.Redirect.to(url(view.workspace())).saying("Tag " + name + " was added.");
    }

    private Reply remove(Visit visit) {
        WorkspaceView view = read(visit);
        String name = visit.form().first(NAME).orElse("");
        tags.remove(visit.caller(), view.workspace().id(), List.of(new Tag.Reference.ByName(name)));
        return Reply.Redirect.to(url(view.workspace())).saying("Tag " + name + " was removed.");
    }

    private Reply bind(Visit visit) {
        WorkspaceView view = read(visit);
        Form form = visit.form();
        try {
            List<TagBinding> wanted = TagBindingForm.wanted(form, clock);
            workspaces.update(
                    visit.caller(),
                    view.workspace().id(),
                    before -> {
                        TagBindingForm.edition(bindings(visit, view)).require(form);
                        return before;
                    },
                    Optional.of(wanted));
            return Reply.Redirect.to(url(view.workspace())).saying("Changes were saved.");
        } catch (Refusal.Invalid | Refusal.Conflict e) {
            return page(visit, e instanceof Refusal.Invalid ? 422 : 409, Filled.EMPTY, Filled.refused(form, e));
        }
    }
}
