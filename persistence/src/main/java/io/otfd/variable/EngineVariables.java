package io.otfd.variable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an engine is given, frozen when the run is made: plan and apply see the same values.
 *
 * @param tfvars a variable file, or empty
 * @param environment name → value
 */
public record EngineVariables(String tfvars, Map<String, String> environment) {

    public EngineVariables {
        environment = Map.copyOf(environment);
    }

    /**
     * Workspace variables, overruled by those of the command line (cloud-docs/workspaces/variables, Precedence).
     *
     * @param commandLine key → HCL
     */
    public static EngineVariables of(List<Variable> workspace, Map<String, String> commandLine) {
        Map<String, String> terraform = new LinkedHashMap<>();
        Map<String, String> environment = new TreeMap<>();
        for (Variable variable : workspace) {
            switch (variable.category()) {
                case TERRAFORM ->
                    terraform.put(variable.key(), variable.hcl() ? variable.value() : quote(variable.value()));
                case ENV -> environment.put(variable.key(), variable.value());
            }
        }
        terraform.putAll(commandLine);
        StringBuilder file = new StringBuilder();
        terraform.forEach(
                (key, value) -> file.append(key).append(" = ").append(value).append('\n'));
        return new EngineVariables(file.toString(), environment);
    }

    /** An HCL string literal that means the text itself: no interpolation, no template. */
    static String quote(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> literal.append("\\\\");
                case '"' -> literal.append("\\\"");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                case '$', '%' -> {
                    boolean template = i + 1 < text.length() && text.charAt(i + 1) == '{';
                    literal.append(c).append(template ? String.valueOf(c) : "");
                }
                default -> {
                    if (c < 0x20) {
                        literal.append(String.format("\\u%04x", (int) c));
                    } else {
                        literal.append(c);
                    }
                }
            }
        }
        return literal.append('"').toString();
    }
}
