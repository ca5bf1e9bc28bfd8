package io.otfd.database;

import io.helidon.dbclient.DbStatements;
import io.otfd.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every {@code <noun>.sql} of this module: blocks that begin with {@code -- name: noun.verb}. Parameters are written
 * {@code :name}, and handed on as {@code ?}: DB Client would parse the names anew at each call. Casts are written
 * {@code CAST(…)}, so that {@code ::type} is no parameter.
 */
public final class Statements {

    private static final List<String> NOUNS = List.of(
            "agentpool",
            "blob",
            "comment",
            "configuration",
            "encryption",
            "event",
            "job",
            "log",
            "notification",
            "organization",
            "organizationmembership",
            "policy",
            "policyevaluation",
            "policyset",
            "planexport",
            "project",
            "registrymodule",
            "retention",
            "resource",
            "run",
            "runtrigger",
            "sshkey",
            "state",
            "tagbinding",
            "task",
            "taskresult",
            "taskstage",
            "team",
            "token",
            "user",
            "variable",
            "variableset",
            "workspace");

    private static final Pattern NAME = Pattern.compile("^-- name: ([a-z_.]+)\\s*$");
    private static final Pattern PARAMETER = Pattern.compile(":([a-z][a-z0-9_]*)");

    private final Map<String, Statement> byName;
    private final LongAdder executed = new LongAdder();

    private Statements(Map<String, Statement> byName) {
        this.byName = byName;
    }

    /** @param text with {@code ?} in place of parameters; @param order their names, in order */
    record Statement(String name, String text, List<String> order) {

        /** Checks the parameters before a connection is touched; gives what the driver takes, in the order of the text. */
        List<Object> values(Object... parameters) {
            Map<String, Object> values = new HashMap<>();
            for (int i = 0; i < parameters.length; i += 2) {
                values.put((String) parameters[i], bind(parameters[i + 1]));
            }
            Set<String> wanted = new HashSet<>(order);
            if (!values.keySet().equals(wanted)) {
                throw new IllegalArgumentException(name + " takes " + wanted + ", given " + values.keySet());
            }
            List<Object> ordered = new ArrayList<>(order.size());
            order.forEach(parameter -> ordered.add(values.get(parameter)));
            return ordered;
        }

        private static Object bind(Object value) {
            return switch (value) {
                case null -> null;
                case Ids.Id id -> id.value();
                case Enum<?> constant -> constant.toString();
                case Instant instant -> instant.atOffset(ZoneOffset.UTC);
                case Collection<?> values ->
                    values.stream().map(item -> String.valueOf(bind(item))).toArray(String[]::new);
                case String text -> text;
                case Number number -> number;
                case Boolean flag -> flag;
                case byte[] bytes -> bytes;
                default -> throw new IllegalArgumentException("cannot bind " + value.getClass());
            };
        }
    }

    public static Statements load() {
        Map<String, Statement> byName = new TreeMap<>();
        for (String noun : NOUNS) {
            String path = "/io/otfd/" + noun + "/" + noun + ".sql";
            try (InputStream in = Statements.class.getResourceAsStream(path)) {
                parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), byName);
            } catch (IOException e) {
                throw new IllegalStateException(path, e);
            }
        }
        return new Statements(byName);
    }

    private static void parse(String source, Map<String, Statement> into) {
        String name = null;
        StringBuilder text = new StringBuilder();
        for (String line : (source + "\n-- name: end").split("\n")) {
            Matcher header = NAME.matcher(line);
            if (header.matches()) {
                if (name != null
                        && into.put(name, statement(name, text.toString().strip())) != null) {
                    throw new IllegalStateException("two statements are named " + name);
                }
                name = header.group(1);
                text.setLength(0);
            } else if (!line.stripLeading().startsWith("--")) {
                text.append(line).append('\n');
            }
        }
    }

    private static Statement statement(String name, String text) {
        List<String> order = new ArrayList<>();
        String positional = PARAMETER.matcher(text).replaceAll(match -> {
            order.add(match.group(1));
            return "?";
        });
        return new Statement(name, positional, List.copyOf(order));
    }

    /** One that is about to be executed, and counts as such. */
    Statement execute(String name) {
        executed.increment();
        return get(name);
    }

    /** How many have been executed since the start. */
    long executed() {
        return executed.sum();
    }

    Statement get(String name) {
        Statement statement = byName.get(name);
        if (statement == null) {
            throw new IllegalArgumentException("no statement is named " + name);
        }
        return statement;
    }

    Collection<Statement> all() {
        return byName.values();
    }

    DbStatements forClient() {
        DbStatements.Builder builder = DbStatements.builder();
        byName.values().forEach(statement -> builder.addStatement(statement.name(), statement.text()));
        return builder.build();
    }
}
