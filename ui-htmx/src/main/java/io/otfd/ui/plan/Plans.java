package io.otfd.ui.plan;

import io.otfd.Page;
import io.otfd.blob.Blobs;
import io.otfd.run.Phase;
import io.otfd.run.Run;
import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;
import io.otfd.ui.Choice;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Paging;
import io.otfd.ui.plan.PlannedChange.Action;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Plans as parts of pages. Who may read the run may read these: what is sensitive is left out. */
public final class Plans {

    /** A larger one is read by its log: each page goes through all of it. */
    private static final long MAX_BYTES = 128L * 1024 * 1024;

    private static final int MAX_DRIFT = 100;
    private static final String ACTION = "action";
    private static final String TYPE = "type";
    private static final String SEARCH = "search";

    private final Blobs blobs;

    public Plans(Blobs blobs) {
        this.blobs = blobs;
    }

    /** Empty while there is no plan, and for one that is too large or none at all. */
    private Optional<PlanDocument> document(Run run) {
        return read(run, PlanDocument::parse);
    }

    /** One resource of the plan, as Terraform's JSON has it. */
    Optional<JsonObject> resource(Run run, boolean drifted, int number) {
        return read(run, json -> PlanDocument.resource(json, drifted, number));
    }

    private <T> Optional<T> read(Run run, Function<InputStream, Optional<T>> reading) {
        return blob(run).filter(blob -> blob.size() <= MAX_BYTES).flatMap(blob -> {
            try (InputStream json = blobs.open(blob)) {
                return reading.apply(json);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Optional<Blobs.Blob> blob(Run run) {
        return blobs.find(Phase.redactedKey(run.plan().id()))
                .or(() -> blobs.find(Phase.jsonKey(run.plan().id())));
    }

    /**
     * @param url of the plan's own page
     * @param query action, part of the address, page
     * @return empty while there is no plan
     */
    public Optional<PlanPart> part(Run run, String url, Form query) {
        Optional<Blobs.Blob> blob = blob(run);
        if (blob.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(document(run)
                .map(plan -> part(plan, url, query))
                .orElseGet(() -> new PlanPart(
                        url,
                        Optional.of("The plan is too large to be shown here: the log says what it changes."),
                        List.of(),
                        Filled.EMPTY,
                        List.of(),
                        List.of(),
                        List.of(),
                        Paging.NONE,
                        0,
                        List.of(),
                        List.of())));
    }

    private static PlanPart part(PlanDocument plan, String url, Form query) {
        Optional<Action> action = query.first(ACTION).flatMap(Plans::action);
        List<PlannedChange> matching = plan.changes().stream()
                .filter(change -> change.matches(action, query.first(TYPE), query.first(SEARCH)))
                .toList();
        Page.Request request = Paging.request(query);
        List<PlannedChange> shown =
                matching.stream().skip(request.offset()).limit(request.size()).toList();
        Map<String, String> kept = new LinkedHashMap<>();
        query.first(ACTION).ifPresent(value -> kept.put(ACTION, value));
        query.first(TYPE).ifPresent(value -> kept.put(TYPE, value));
        query.first(SEARCH).ifPresent(value -> kept.put(SEARCH, value));
        return new PlanPart(
                url,
                Optional.empty(),
                counts(plan),
                Filled.of(query),
                actions(),
                types(plan),
                shown.stream().map(change -> row(url, "", change)).toList(),
                Paging.of(new Page<>(shown, request, matching.size()), url, kept),
                plan.changes().size(),
                plan.drift().stream()
                        .limit(MAX_DRIFT)
                        .map(change -> row(url, "drift-", change))
                        .toList(),
                outputs(plan));
    }

    private static Optional<Action> action(String verb) {
        return Arrays.stream(Action.values())
                .filter(action -> action.verb().equals(verb))
                .findFirst();
    }

    private static List<Choice> actions() {
        List<Choice> choices = new ArrayList<>(List.of(new Choice("", "Any action")));
        for (Action action : Action.values()) {
            choices.add(new Choice(action.verb(), action.badge().label()));
        }
        return choices;
    }

    private static List<Choice> types(PlanDocument plan) {
        List<Choice> choices = new ArrayList<>(List.of(new Choice("", "Any type")));
        plan.changes().stream()
                .map(PlannedChange::type)
                .filter(type -> !type.isEmpty())
                .distinct()
                .sorted()
                .forEach(type -> choices.add(new Choice(type, type)));
        return choices;
    }

    private static List<Badge> counts(PlanDocument plan) {
        return plan.counts().entrySet().stream()
                .map(count -> new Badge(
                        count.getValue() + " to " + count.getKey().verb(),
                        count.getKey().badge().tone()))
                .toList();
    }

    private static PlanPart.Row row(String url, String prefix, PlannedChange change) {
        return new PlanPart.Row(
                change.action().badge(), change.address(), note(change), url + "/" + prefix + change.number());
    }

    static Optional<String> note(PlannedChange change) {
        List<String> notes = new ArrayList<>();
        change.reason().ifPresent(reason -> notes.add("because " + reason));
        change.previousAddress().ifPresent(address -> notes.add("moved from " + address));
        if (change.imported()) {
            notes.add("imported");
        }
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", notes));
    }

    private static List<PlanPart.Output> outputs(PlanDocument plan) {
        List<PlanPart.Output> outputs = new ArrayList<>();
        plan.outputs().forEach((name, change) -> {
            AttributeDiff diff = AttributeDiff.of(change);
            if (!diff.lines().isEmpty()) {
                outputs.add(new PlanPart.Output(name, outputAction(change), diff));
            }
        });
        return outputs;
    }

    private static Badge outputAction(JsonObject change) {
        return Action.of(PlannedChange.actions(change), false)
                .map(Action::badge)
                .orElse(new Badge("No change", Tone.QUIET));
    }
}
