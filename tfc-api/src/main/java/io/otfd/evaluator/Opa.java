package io.otfd.evaluator;

import io.otfd.JsonTrees;
import io.otfd.policyevaluation.Assignment;
import io.otfd.policyevaluation.PolicyOutcome;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks Open Policy Agent what the policies of a set say of a plan. */
final class Opa {

    /** For one policy. It ends itself before it is killed, so that it can say why. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration MARGIN = Duration.ofSeconds(5);

    /** What reaches out of the process, or tells of it. */
    private static final Set<String> FORBIDDEN =
            Set.of("http.send", "net.lookup_ip_addr", "opa.runtime", "providers.aws.sign_req");

    /** {@code terraform.deny}, which the documentation has for {@code data.terraform.deny}. */
    private static final Pattern BARE = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)+");

    private static final int MOST_MESSAGES = 100;
    private static final int LONGEST_MESSAGE = 1000;
    private static final String NO_CODE = "Nothing was uploaded for this policy.";

    private final Program program;

    Opa(Program program) {
        this.program = program;
    }

    /** Whether to go on, asked before each policy. */
    @FunctionalInterface
    interface Pace {
        boolean goesOn();
    }

    /** As it says it, or empty where it says nothing. */
    String version(Path directory) throws IOException, InterruptedException {
        return ask(directory, Duration.ofSeconds(10), "version")
                .output()
                .lines()
                .filter(line -> line.startsWith("Version:"))
                .map(line -> line.substring("Version:".length()).strip())
                .findFirst()
                .orElse("");
    }

    /** What policies may call: all that it knows, but for what is forbidden. */
    void writeCapabilities(Path directory) throws IOException, InterruptedException {
        Program.Answer answer = ask(directory, Duration.ofSeconds(10), "capabilities", "--current");
        try {
            JsonObject all = JsonTrees.object(answer.output());
            var builtins = JsonTrees.JSON.createArrayBuilder();
            all.getJsonArray("builtins").stream()
                    .filter(each -> !FORBIDDEN.contains(each.asJsonObject().getString("name")))
                    .forEach(builtins::add);
            Files.writeString(
                    directory.resolve("capabilities.json"),
                    JsonTrees.JSON
                            .createObjectBuilder(all)
                            .add("builtins", builtins)
                            .add("allow_net", JsonValue.EMPTY_JSON_ARRAY)
                            .build()
                            .toString());
        } catch (JsonException | NullPointerException | ClassCastException e) {
            throw new IOException("opa does not say what it can: " + first(answer.errors(), answer.output()), e);
        }
    }

    private Program.Answer ask(Path directory, Duration atMost, String... arguments)
            throws IOException, InterruptedException {
        return program.run(directory, atMost, out -> {}, arguments);
    }

    /** @param directory with the capabilities in it */
    Assignment.Result evaluate(Path directory, int number, Assignment.Set set, Program.Input input, Pace pace)
            throws IOException, InterruptedException {
        String folder = "set-" + number;
        Path sources = Files.createDirectory(directory.resolve(folder));
        for (Assignment.Rule rule : set.rules()) {
            if (rule.source().isPresent()) {
                Files.writeString(
                        sources.resolve(rule.name() + ".rego"), rule.source().get());
            }
        }
        Syntax syntax = syntax(directory, folder);
        if (syntax.problem().isPresent()) {
            return set.failed(syntax.problem().get());
        }
        List<PolicyOutcome> outcomes = new ArrayList<>();
        for (Assignment.Rule rule : set.rules()) {
            if (!pace.goesOn()) {
                return set.failed("The evaluation was given up.");
            }
            outcomes.add(rule.source().isEmpty() ? rule.errored(NO_CODE) : ask(directory, folder, syntax, rule, input));
        }
        return new Assignment.Result(set, "", outcomes);
    }

    /** @param problem why the policies cannot be read; empty when they can */
    private record Syntax(List<String> flags, Optional<String> problem) {

        /** Whatever else is wrong. */
        boolean isUnderstood() {
            return problem.filter(text -> text.contains("rego_parse_error")).isEmpty();
        }
    }

    /** Rego of today, or else as it was before Open Policy Agent 1.0, or some of both. */
    private Syntax syntax(Path directory, String folder) throws IOException, InterruptedException {
        Syntax today = check(directory, folder, List.of());
        if (today.isUnderstood()) {
            return today;
        }
        Syntax before = check(directory, folder, List.of("--v0-compatible"));
        if (before.isUnderstood()) {
            return before;
        }
        modernize(directory, folder);
        return check(directory, folder, List.of());
    }

    /** Those that cannot be read as they are. */
    private void modernize(Path directory, String folder) throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(directory.resolve(folder))) {
            files = listed.toList();
        }
        for (Path file : files) {
            String name = directory.relativize(file).toString();
            if (!ask(directory, PATIENCE, "parse", name).isGood()) {
                ask(directory, PATIENCE, "fmt", "--v0-v1", "--write", name);
            }
        }
    }

    private Syntax check(Path directory, String folder, List<String> flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("check", "--capabilities", "capabilities.json"));
        command.addAll(flags);
        command.add(folder);
        Program.Answer answer = ask(directory, PATIENCE, command.toArray(String[]::new));
        return new Syntax(
                flags,
                answer.isGood()
                        ? Optional.empty()
                        : Optional.of(first(answer.errors(), answer.output()).replace(folder + "/", "")));
    }

    private PolicyOutcome ask(Path directory, String folder, Syntax syntax, Assignment.Rule rule, Program.Input input)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "eval",
                "--format",
                "json",
                "--stdin-input",
                "--data",
                folder,
                "--capabilities",
                "capabilities.json",
                "--timeout",
                PATIENCE.minus(MARGIN).toSeconds() + "s"));
        command.addAll(syntax.flags());
        // What follows is no flag, whatever it begins with.
        command.add("--");
        command.add(query(rule.query()));
        return outcome(rule, program.run(directory, PATIENCE, input, command.toArray(String[]::new)));
    }

    static String query(String typed) {
        String query = typed.strip();
        boolean bare = BARE.matcher(query).matches() && !query.startsWith("data.") && !query.startsWith("input.");
        return bare ? "data." + query : query;
    }

    /** One answer to one question, which is an array: anything else means that it is not known whether the policy holds. */
    private static PolicyOutcome outcome(Assignment.Rule rule, Program.Answer answer) {
        if (answer.status() == Program.Answer.KILLED) {
            return rule.errored("It took longer than " + PATIENCE.toSeconds() + " seconds.");
        }
        JsonObject said;
        try {
            said = JsonTrees.object(answer.output());
        } catch (JsonException e) {
            return rule.errored(first(answer.errors(), answer.output(), "opa ended with " + answer.status() + "."));
        }
        if (said.get("errors") instanceof JsonArray errors) {
            return rule.errored(errors.stream()
                    .map(error ->
                            error instanceof JsonObject object ? object.getString("message", "") : error.toString())
                    .distinct()
                    .collect(Collectors.joining("; ")));
        }
        if (!answer.isGood()) {
            return rule.errored(first(answer.errors(), "opa ended with " + answer.status() + "."));
        }
        if (!(said.get("result") instanceof JsonArray results)) {
            return rule.errored("The query " + rule.query() + " is undefined: its package has no such rule.");
        }
        List<JsonValue> values = results.stream()
                .flatMap(result -> result.asJsonObject().getJsonArray("expressions").stream())
                .map(expression -> expression.asJsonObject().get("value"))
                .toList();
        if (values.size() != 1 || !(values.getFirst() instanceof JsonArray messages)) {
            return rule.errored("The query " + rule.query() + " must result in one array of what is wrong.");
        }
        return messages.isEmpty()
                ? rule.passed()
                : rule.failed(
                        messages.stream().limit(MOST_MESSAGES).map(Opa::text).toList());
    }

    private static String text(JsonValue message) {
        return cut(message instanceof JsonString string ? string.getString() : message.toString());
    }

    /** The first of these that says something. */
    private static String first(String... texts) {
        for (String text : texts) {
            if (!text.isBlank()) {
                return cut(text.strip());
            }
        }
        return "opa says nothing.";
    }

    private static String cut(String text) {
        String clean = text.replace('\0', ' ');
        return clean.length() <= LONGEST_MESSAGE ? clean : clean.substring(0, LONGEST_MESSAGE) + "…";
    }
}
