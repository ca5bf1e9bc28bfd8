package io.otfd.notifier;

import io.otfd.JsonTrees;
import io.otfd.task.TaskRequest;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What a task is sent (cloud-docs/api-docs/run-tasks/run-tasks-integration). Names and messages in it are users' texts. */
final class TaskPayload {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final String baseUrl;

    /** @param baseUrl of this server, as tasks reach it */
    TaskPayload(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    String of(TaskRequest request) {
        return request.about().map(this::about).orElseGet(this::test).build().toString();
    }

    private JsonObjectBuilder about(TaskRequest.About about) {
        String workspace = baseUrl + "/app/" + about.organizationName() + "/workspaces/" + about.workspaceName();
        String result = baseUrl + "/api/v2/task-results/" + about.result().value();
        JsonObjectBuilder payload = common(about.stage().toString(), about.token(), about.speculative())
                .add("task_result_id", about.result().value())
                .add("task_result_enforcement_level", about.enforcement().toString())
                .add("task_result_callback_url", result + "/callback")
                .add("run_id", about.run().value())
                .add("run_app_url", workspace + "/runs/" + about.run().value())
                .add("run_message", about.runMessage())
                .add("run_created_at", TIME.format(about.runCreatedAt()))
                .add("workspace_id", about.workspace().value())
                .add("workspace_name", about.workspaceName())
                .add("workspace_app_url", workspace)
                .add("organization_name", about.organizationName())
                .add("configuration_version_id", about.configuration().value())
                .add(
                        "configuration_version_download_url",
                        baseUrl + "/api/v2/configuration-versions/"
                                + about.configuration().value() + "/download");
        put(payload, "run_created_by", about.createdBy());
        put(payload, "workspace_working_directory", about.workingDirectory());
        switch (about.stage()) {
            case PRE_PLAN -> {}
            case POST_PLAN, PRE_APPLY, POST_APPLY ->
                payload.add(
                        "plan_json_api_url",
                        baseUrl + "/api/v2/plans/" + about.plan().value() + "/json-output");
        }
        return payload;
    }

    /** Of no run: whoever gets it has to say that it is there, and no more. */
    private JsonObjectBuilder test() {
        return common("test", "test-token", false)
                .add("task_result_id", "taskrs-test")
                .add("task_result_enforcement_level", "test")
                .add("task_result_callback_url", baseUrl + "/api/v2/task-results/taskrs-test/callback")
                .add("run_id", "run-test")
                .add("run_app_url", baseUrl)
                .add("run_message", "Test of the run task's URL")
                .add("run_created_at", TIME.format(Instant.EPOCH))
                .add("run_created_by", "test")
                .add("workspace_id", "ws-test")
                .add("workspace_name", "test")
                .add("workspace_app_url", baseUrl)
                .add("organization_name", "test");
    }

    /** Nothing comes from a version control system. */
    private static JsonObjectBuilder common(String stage, String token, boolean speculative) {
        return JsonTrees.JSON
                .createObjectBuilder()
                .add("payload_version", 1)
                .add("access_token", token)
                .add("capabilities", JsonTrees.JSON.createObjectBuilder().add("outcomes", true))
                .add("stage", stage)
                .add("is_speculative", speculative)
                .addNull("vcs_repo_url")
                .addNull("vcs_branch")
                .addNull("vcs_pull_request_url")
                .addNull("vcs_commit_url");
    }

    private static void put(JsonObjectBuilder object, String name, Optional<String> text) {
        text.ifPresentOrElse(value -> object.add(name, value), () -> object.addNull(name));
    }
}
