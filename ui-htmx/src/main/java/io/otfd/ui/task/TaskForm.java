package io.otfd.ui.task;

import io.otfd.Refusal;
import io.otfd.task.Enforcement;
import io.otfd.task.Task;
import io.otfd.task.Tasks.Draft;
import io.otfd.task.WorkspaceTask;
import io.otfd.task.WorkspaceTasks.Terms;
import io.otfd.taskstage.Stage;
import io.otfd.ui.Choice;
import io.otfd.ui.Edition;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields of the forms ↔ {@link Draft} and {@link Terms}. */
final class TaskForm {

    static final List<Choice> STAGES = List.of(
            new Choice(Stage.PRE_PLAN.toString(), "Pre-plan"),
            new Choice(Stage.POST_PLAN.toString(), "Post-plan"),
            new Choice(Stage.PRE_APPLY.toString(), "Pre-apply"),
            new Choice(Stage.POST_APPLY.toString(), "Post-apply"));

    private static final String GLOBAL = "global";
    private static final String LEVEL = "enforcement-level";
    private static final String KEY = "hmac-key";

    private TaskForm() {}

    static Filled fresh() {
        return Filled.of(new Form(Map.of("enabled", List.of("true"))));
    }

    static Filled of(Task task) {
        Map<String, List<String>> fields = new HashMap<>();
        fields.put("name", List.of(task.name()));
        fields.put("url", List.of(task.url()));
        fields.put("description", List.of(task.description()));
        fields.put("enabled", task.enabled() ? List.of("true") : List.of());
        task.global().ifPresent(global -> {
            fields.put(GLOBAL, global.enabled() ? List.of("true") : List.of());
            fields.put("stages", names(global.stages()));
            fields.put(LEVEL, List.of(global.enforcement().toString()));
        });
        fields.values().removeIf(List::isEmpty);
        return Filled.of(new Form(fields));
    }

    static Edition edition(Task task) {
        return Edition.of(task.updatedAt());
    }

    /** What was typed, over what is there. An empty key keeps the present one. */
    static Draft typed(Draft before, Form form) {
        Optional<String> key = form.has("no-hmac-key")
                ? Optional.empty()
                : Optional.of(form.exact(KEY)).filter(text -> !text.isEmpty()).or(before::hmacKey);
        return new Draft(
                form.first("name").orElse(""),
                form.first("url").orElse(""),
                form.first("description").orElse(""),
                key,
                form.has("enabled"),
                before.global().map(global -> form.has("shows-global") ? global(form) : global));
    }

    private static Task.Global global(Form form) {
        return new Task.Global(form.has(GLOBAL), stages(form), level(form));
    }

    static Filled fresh(List<Choice> tasks) {
        Map<String, List<String>> fields = new HashMap<>();
        fields.put("stages", List.of(Stage.POST_PLAN.toString()));
        fields.put(LEVEL, List.of(Enforcement.ADVISORY.toString()));
        if (!tasks.isEmpty()) {
            fields.put("task", List.of(tasks.getFirst().value()));
        }
        return Filled.of(new Form(fields));
    }

    static Filled of(WorkspaceTask task) {
        return Filled.of(new Form(Map.of(
                "stages",
                names(task.stages()),
                LEVEL,
                List.of(task.enforcement().toString()))));
    }

    static Edition edition(WorkspaceTask task) {
        return Edition.of(task.updatedAt());
    }

    static Terms terms(Form form) {
        return new Terms(stages(form), level(form));
    }

    private static Enforcement level(Form form) {
        return Enforcement.of(LEVEL, form.first(LEVEL).orElse(Enforcement.ADVISORY.toString()));
    }

    private static List<Stage> stages(Form form) {
        return form.all("stages").stream()
                .map(name -> Stage.of(name)
                        .orElseThrow(() -> Refusal.Invalid.attribute("stages", "are none that a run has")))
                .toList();
    }

    private static List<String> names(List<Stage> stages) {
        return stages.stream().map(Stage::toString).toList();
    }

    /** In words. */
    static String words(List<Stage> stages) {
        return String.join(
                ", ",
                STAGES.stream()
                        .filter(choice -> names(stages).contains(choice.value()))
                        .map(Choice::label)
                        .toList());
    }
}
