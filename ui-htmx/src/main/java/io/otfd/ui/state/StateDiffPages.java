package io.otfd.ui.state;

import io.otfd.Ids.StateVersionId;
import io.otfd.JsonTrees;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.blob.Blobs;
import io.otfd.state.StateVersion;
import io.otfd.state.StateVersions;
import io.otfd.ui.Badge;
import io.otfd.ui.Choice;
import io.otfd.ui.Crumb;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A state beside another one of its workspace. */
public final class StateDiffPages {

    private static final String DIFF = "/app/{organization}/workspaces/{workspace}/states/{state}/diff";
    private static final String WITH = "with";

    /** Parsing takes several times its size in memory. */
    private static final long MAX_BYTES = 32L * 1024 * 1024;

    private static final int MAX_OUTPUTS = 200;

    private final Frames frames;
    private final Workspaces workspaces;
    private final StateVersions states;
    private final Blobs blobs;

    public StateDiffPages(Frames frames, Workspaces workspaces, StateVersions states, Blobs blobs) {
        this.frames = frames;
        this.workspaces = workspaces;
        this.states = states;
        this.blobs = blobs;
    }

    public void register(Routes routes) {
        routes.get(DIFF, this::show);
    }

    private Reply show(Visit visit) {
        WorkspaceView view = workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
        StateVersion state = read(visit, view, visit.path("state"));
        List<StateVersion> known = states.list(visit.caller(), view.workspace().id(), Page.Request.LARGEST)
                .items();
        Optional<StateVersion> other =
                visit.query().first(WITH).map(id -> read(visit, view, id)).or(() -> before(known, state));
        return Reply.Html.of("state/diff", page(visit, view, state, known, other));
    }

    private StateVersion read(Visit visit, WorkspaceView view, String id) {
        StateVersion state = states.read(visit.caller(), new StateVersionId(id));
        if (!state.workspace().equals(view.workspace().id())) {
            throw new Refusal.NotFound();
        }
        return state;
    }

    /** @param known newest first */
    private static Optional<StateVersion> before(List<StateVersion> known, StateVersion state) {
        return known.stream()
                .dropWhile(each -> !each.id().equals(state.id()))
                .skip(1)
                .findFirst();
    }

    private StateDiffPage page(
            Visit visit,
            WorkspaceView view,
            StateVersion state,
            List<StateVersion> known,
            Optional<StateVersion> other) {
        Workspace workspace = view.workspace();
        String all = Links.states(workspace.organizationName(), workspace.name());
        String url = all + "/" + state.id().value() + "/diff";
        String title = "State #" + state.serial()
                + other.map(one -> " compared with #" + one.serial()).orElse("");
        Frame frame = frames.of(
                visit,
                title,
                view,
                WorkspaceTab.STATES,
                new Crumb("States", all),
                new Crumb("State #" + state.serial(), all + "/" + state.id().value()));
        List<Choice> others = known.stream()
                .filter(each -> !each.id().equals(state.id()))
                .map(each -> new Choice(each.id().value(), "#" + each.serial()))
                .toList();
        Map<String, String> query =
                other.map(one -> Map.of(WITH, one.id().value())).orElse(Map.of());
        Optional<StateDiff> diff = other.flatMap(this::document)
                .flatMap(before -> document(state).flatMap(after -> compare(before, after)));
        Page.Request request = Paging.request(visit.query());
        List<StateDiff.Entry> resources = diff.map(StateDiff::resources).orElse(List.of());
        List<StateDiff.Entry> shown =
                resources.stream().skip(request.offset()).limit(request.size()).toList();
        return new StateDiffPage(
                frame,
                url,
                Filled.of(query),
                others,
                other.isEmpty()
                        ? Optional.of("There is no state before this one.")
                        : diff.isEmpty()
                                ? Optional.of(
                                        "The two cannot be compared here: one of them is not there any more, is no"
                                                + " state, or is larger than 32 MiB.")
                                : Optional.empty(),
                counts(resources),
                shown.stream().map(StateDiffPage.Row::of).toList(),
                Paging.of(new Page<>(shown, request, resources.size()), url, query),
                diff.map(StateDiff::outputs).orElse(List.of()).stream()
                        .limit(MAX_OUTPUTS)
                        .map(StateDiffPage.Row::of)
                        .toList());
    }

    private static List<Badge> counts(List<StateDiff.Entry> entries) {
        Map<Badge, Integer> counts = new LinkedHashMap<>();
        entries.forEach(entry -> counts.merge(entry.kind(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(count -> new Badge(
                        count.getValue() + " " + count.getKey().label().toLowerCase(java.util.Locale.ROOT),
                        count.getKey().tone()))
                .toList();
    }

    private static Optional<StateDiff> compare(JsonObject before, JsonObject after) {
        try {
            return Optional.of(StateDiff.of(before, after));
        } catch (ClassCastException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private Optional<JsonObject> document(StateVersion state) {
        return blobs.find(state.blobKey())
                .filter(blob -> state.isFinalized() && blob.size() <= MAX_BYTES)
                .flatMap(this::parse);
    }

    private Optional<JsonObject> parse(Blobs.Blob blob) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) blob.size());
        try {
            blobs.copy(blob, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (var reader = JsonTrees.JSON.createReader(new ByteArrayInputStream(bytes.toByteArray()))) {
            return Optional.of(reader.readObject());
        } catch (JsonException e) {
            return Optional.empty();
        }
    }
}
