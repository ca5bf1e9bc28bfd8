package io.otfd.variable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an engine is given, frozen when the run is made: plan and apply see the same values.
 *
 * @param tfvars a variable file, or empty
 * @param environment name → value
 * @param terraform the same as {@code tfvars}: name → HCL
 */
public record EngineVariables(String tfvars, Map<String, String> environment, Map<String, String> terraform) {

    public EngineVariables {
        environment = Map.copyOf(environment);
        terraform = terraform == null ? asOne(tfvars) : Collections.unmodifiableMap(new LinkedHashMap<>(terraform));
    }

    /** Of a run that an earlier version has frozen: its file is one assignment, whose value is all that follows. */
    private static Map<String, String> asOne(String tfvars) {
        int sign = tfvars.indexOf(" = ");
        return sign < 0
                ? Map.of()
                : Map.of(tfvars.substring(0, sign), tfvars.substring(sign + 3).stripTrailing());
    }

    /**
     * Whatever is stronger comes later and overrules what is there (cloud-docs/workspaces/variables, Precedence).
     *
     * @param effective one of each key and category: the strongest
     * @param commandLine key → HCL; only priority sets beat it
     */
    public static EngineVariables of(List<EffectiveVariable> effective, Map<String, String> commandLine) {
        Map<String, String> terraform = new LinkedHashMap<>();
        Map<String, String> environment = new TreeMap<>();
        effective.stream().filter(each -> !each.priority()).forEach(each -> put(each, terraform, environment));
        terraform.putAll(commandLine);
        effective.stream().filter(EffectiveVariable::priority).forEach(each -> put(each, terraform, environment));
        StringBuilder file = new StringBuilder();
        terraform.forEach(
                (key, value) -> file.append(key).append(" = ").append(value).append('\n'));
        return new EngineVariables(file.toString(), environment, terraform);
    }

    private static void put(
            EffectiveVariable effective, Map<String, String> terraform, Map<String, String> environment) {
        Variable variable = effective.variable();
        switch (variable.category()) {
            case TERRAFORM -> {
                // No configuration declares one of another form, and the engine would not read the file at all.
                if (variable.isDeclarable()) {
                    terraform.put(variable.key(), variable.hcl() ? variable.value() : quote(variable.value()));
                }
            }
            case ENV -> environment.put(variable.key(), variable.value());
        }
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
