package io.otfd.conformance;

import java.nio.file.Path;

/** The real Open Policy Agent, compiled from its released module. */
final class Opa {

    private static final String MODULE = "opa";

    private Opa() {}

    /** In one place for all tests: what is there already is not compiled again. Skips the running test where there is no Go. */
    static synchronized Path compiled(Sandbox sandbox) {
        GoTool.required(sandbox, MODULE);
        Path program = Checkout.root().resolve("conformance-tests/target/opa");
        GoTool.run(sandbox, MODULE, "build", "-o", program.toString(), "github.com/open-policy-agent/opa");
        return program;
    }
}
