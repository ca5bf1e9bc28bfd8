package io.otfd.agent.protocol;

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

    /** System and architecture in one word, such as {@code linux_amd64}. */
    public static String platform() {
        return system() + "_" + ofThisMachine();
    }

    public static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    }
}
