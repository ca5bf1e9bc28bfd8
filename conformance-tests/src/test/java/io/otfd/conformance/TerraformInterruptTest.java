package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;

import org.junit.jupiter.api.extension.ExtendWith;

/** Ctrl-C, and runs that wait for each other. */
@ExtendWith(OtfdExtension.class)
class TerraformInterruptTest {

    /** What Terraform prints once it has asked for the cancellation; it does not wait for the run to end. */
    private static final String CANCELED = "The remote operation was successfully cancelled.";

    private static final String QUICK = """
            resource "terraform_data" "quick" {
              input = "kept"
            }
            """;

    @EachMode
    void interruptedApplyIsCanceledAndKeepsWhatWasFinished(Mode mode, Shared shared, Sandbox sandbox) {
        Gate gate = Gate.in(sandbox, "gate");
        Terraform terraform = shared.terraform(mode, sandbox, QUICK + gate.resource("slow", "terraform_data.quick"));
        Terraform.Running apply = terraform.start("apply");
        apply.type("yes");
        gate.awaitArrival();
        apply.awaiting("terraform_data.quick: Creation complete");

        apply.interrupt();
        apply.awaiting("Do you want to cancel the remote operation?").type("yes");

        assertThat(apply.finish().text(), containsString(CANCELED));
        Workspace workspace = shared.workspace(mode, terraform);
        shared.given().await(newestRun(shared, workspace), "canceled");
        assertThat(shared.given().resources(workspace), hasItem("terraform_data.quick"));
    }

    @EachMode
    void interruptOfAnApprovedApplyCancelsWithoutAsking(Mode mode, Shared shared, Sandbox sandbox) {
        Gate gate = Gate.in(sandbox, "gate");
        Terraform terraform = shared.terraform(mode, sandbox, QUICK + gate.resource("slow", "terraform_data.quick"));
        Terraform.Running apply = terraform.start("apply", "-auto-approve");
        gate.awaitArrival();
        apply.awaiting("terraform_data.quick: Creation complete");

        apply.interrupt();

        assertThat(apply.finish().text(), containsString(CANCELED));
        shared.given().await(newestRun(shared, shared.workspace(mode, terraform)), "canceled");
    }

    @EachMode
    void secondRunWaitsForTheFirst(Mode mode, Shared shared, Sandbox sandbox) {
        Gate gate = Gate.in(sandbox, "gate");
        Terraform terraform = shared.terraform(mode, sandbox, gate.resource("slow", ""));
        Terraform.Running first = terraform.start("apply", "-auto-approve");
        gate.awaitArrival();

        Terraform.Running second = terraform.start("apply", "-auto-approve");
        second.awaiting("Waiting for 1 run(s) to finish before being queued");
        gate.open();

        assertThat(first.finish().succeeded().text(), containsString("Resources: 1 added"));
        assertThat(second.finish().succeeded().text(), containsString("No changes."));
    }

    @EachMode
    void planDoesNotWaitForAnApply(Mode mode, Shared shared, Sandbox sandbox) {
        Gate gate = Gate.in(sandbox, "gate");
        Terraform terraform = shared.terraform(mode, sandbox, gate.resource("slow", ""));
        Terraform.Running apply = terraform.start("apply", "-auto-approve");
        gate.awaitArrival();

        terraform.run("plan").succeeded();

        gate.open();
        apply.finish().succeeded();
    }

    @EachMode
    void interruptedWaitingRunNeverRuns(Mode mode, Shared shared, Sandbox sandbox) {
        Gate gate = Gate.in(sandbox, "gate");
        Terraform terraform = shared.terraform(mode, sandbox, gate.resource("slow", ""));
        Terraform.Running first = terraform.start("apply", "-auto-approve");
        gate.awaitArrival();
        Terraform.Running second = terraform.start("destroy");
        second.awaiting("Waiting for 1 run(s) to finish before being queued");
        Workspace workspace = shared.workspace(mode, terraform);
        String waiting = newestRun(shared, workspace);

        second.interrupt();
        second.awaiting("Do you want to cancel the remote operation?").type("yes");
        assertThat(second.finish().text(), containsString(CANCELED));
        gate.open();
        first.finish().succeeded();

        shared.given().await(waiting, "canceled", "discarded");
        assertThat(shared.given().resources(workspace), hasItem("terraform_data.slow"));
    }

    @EachMode
    void discardedRunLeavesNothingBehind(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, QUICK);
        terraform.run("apply", "-input=false").exited(1);
        Workspace workspace = shared.workspace(mode, terraform);

        shared.given()
                .api()
                .request()
                .body("{\"comment\":\"not today\"}")
                .post("/runs/{id}/actions/discard", newestRun(shared, workspace))
                .then()
                .statusCode(202);

        shared.given().await(newestRun(shared, workspace), "discarded");
        assertThat(shared.given().resources(workspace), empty());
        terraform.run("apply", "-auto-approve").succeeded();
    }

    private static String newestRun(Shared shared, Workspace workspace) {
        return shared.given()
                .api()
                .get("/workspaces/{id}/runs", workspace.id())
                .then()
                .statusCode(200)
                .extract()
                .path("data[0].id");
    }
}
