package io.otfd.api;

/** Which client a request comes from: clients do not say, so their headers must (observed: Terraform 1.11). */
public final class RequestSource {

    private RequestSource() {}

    /** {@code terraform+cloud}, {@code terraform} or {@code tfe-api}. */
    public static String of(Call call) {
        if (isCloudIntegration(call)) {
            return "terraform+cloud";
        }
        return isTerraform(call) ? "terraform" : "tfe-api";
    }

    /** The {@code cloud} block; the backend {@code remote} does not send the header. */
    private static boolean isCloudIntegration(Call call) {
        return call.header("X-Terraform-Integration").filter("cloud"::equals).isPresent();
    }

    private static boolean isTerraform(Call call) {
        return call.header("Terraform-Version").isPresent();
    }

    /** The backend {@code remote}, and the CLI before 1.4, print JSON lines raw: their runs write text. */
    public static boolean rendersStructuredOutput(Call call) {
        return !isTerraform(call) || isCloudIntegration(call) && !isBefore14(call);
    }

    private static boolean isBefore14(Call call) {
        return call.header("Terraform-Version")
                .filter(version -> version.matches("(0\\..*|1\\.[0-3]\\..*)"))
                .isPresent();
    }
}
