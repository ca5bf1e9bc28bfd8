package io.otfd.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code --foo-bar} from {@code OTF_FOO_BAR}, or from the file that {@code OTF_FOO_BAR_FILE} names (OTF's rule). */
final class EnvironmentDefaults implements IDefaultValueProvider {

    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (argument instanceof OptionSpec option) {
            for (String name : option.names()) {
                if (name.startsWith("--")) {
                    String value = value(
                            "OTF_" + name.substring(2).toUpperCase(Locale.ROOT).replace('-', '_'));
                    if (value != null) {
                        return value;
                    }
                }
            }
        }
        return null;
    }

    private String value(String variable) {
        String value = environment.get(variable);
        if (value != null) {
            return value;
        }
        String file = environment.get(variable + "_FILE");
        try {
            return file == null ? null : Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(variable + "_FILE: " + e.getMessage(), e);
        }
    }
}
