package io.otfd.agent.job;

import java.util.Locale;

/** This machine, in the words of Terraform's releases. */
public final class Architecture {

    private Architecture() {}

    public static String ofThisMachine() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            case String other -> other;
        };
    }

    public static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    }
}
