package io.otfd.planexport;

import io.otfd.JsonTrees;
import io.otfd.run.Run;
import io.otfd.variable.EffectiveVariable;
import io.otfd.variable.Variable;
import io.otfd.workspace.Workspace;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * {@code tfrun} (cloud-docs/policy-enforcement/sentinel/import/tfrun). What does not exist here is absent: costs; or null:
 * a repository.
 *
 * @param author name of who made the run
 * @param variables that the workspace has now
 */
record RunMock(
        Run run, Workspace workspace, String projectName, Optional<String> author, List<EffectiveVariable> variables) {

    void write(SentinelWriter out) {
        json().forEach((name, value) -> out.name(name).value(value));
    }

    private JsonObject json() {
        JsonObjectBuilder json = object().add("id", run.id().value())
                .add("created_at", run.createdAt().toString())
                .add("created_by", author.orElse(""))
                .add("message", run.message())
                .add("commit_sha", "")
                .add("is_destroy", run.options().destroy())
                .add("refresh", run.options().refresh())
                .add("refresh_only", run.options().refreshOnly())
                .add("speculative", run.options().planOnly())
                .add("project", object().add("id", workspace.project().value()).add("name", projectName))
                .add("variables", sensitivity())
                .add("organization", object().add("name", workspace.organizationName()))
                .add("workspace", settings());
        // Undefined where there are none.
        texts(json, "replace_addrs", run.options().replaceAddrs());
        texts(json, "target_addrs", run.options().targetAddrs());
        return json.build();
    }

    private static void texts(JsonObjectBuilder json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            json.add(name, JsonTrees.JSON.createArrayBuilder(texts));
        }
    }

    private JsonObjectBuilder sensitivity() {
        JsonObjectBuilder json = object();
        for (EffectiveVariable each : variables) {
            Variable variable = each.variable();
            json.add(
                    variable.key(),
                    object().add("category", variable.category().toString()).add("sensitive", variable.sensitive()));
        }
        return json;
    }

    private JsonObjectBuilder settings() {
        Collection<String> tags = workspace.tagNames();
        return object().add("id", workspace.id().value())
                .add("name", workspace.name())
                .add("created_at", workspace.createdAt().toString())
                .add("description", orNull(workspace.settings().description()))
                .add("execution_mode", run.executionMode().wireName())
                .add("auto_apply", workspace.settings().autoApply())
                .add("tags", JsonTrees.JSON.createArrayBuilder(tags))
                .add("working_directory", orNull(workspace.settings().workingDirectory()))
                .add("vcs_repo", JsonValue.NULL);
    }

    private static JsonValue orNull(Optional<String> text) {
        return text.<JsonValue>map(JsonTrees.JSON::createValue).orElse(JsonValue.NULL);
    }

    private static JsonObjectBuilder object() {
        return JsonTrees.JSON.createObjectBuilder();
    }
}
