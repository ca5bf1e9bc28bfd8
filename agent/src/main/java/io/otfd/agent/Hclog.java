package io.otfd.agent;

import io.otfd.agent.protocol.Architecture;
import jakarta.json.JsonObjectBuilder;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The lines of tfc-agent, for those who search logs by them: its module names, its words for what happens, its names for
 * fields ({@code agent_id} for {@code agent.id}).
 */
final class Hclog implements AgentLog {

    /** @param module {@code agent} (the process), {@code core} (what it has to do with the server) or {@code terraform} */
    record Entry(Instant time, Level level, String module, String message, Map<String, Object> fields) {

        private String levelWord() {
            return level == Level.STEP ? Level.INFO.name() : level.name();
        }
    }

    /** Prints entries. */
    interface Form {

        /** @param agent who speaks, as far as it is known */
        void print(Entry entry, Map<String, Object> agent);
    }

    private static final Set<String> OF_REGISTRATION = Set.of("agent_id", "agent_pool_id");

    private final Form form;
    private final Map<String, Object> agent = new LinkedHashMap<>();

    /** @param name of the agent */
    Hclog(String name, Form form) {
        this.form = form;
        agent.put("agent_name", name);
        agent.put("agent_version", Agent.version());
    }

    @Override
    public synchronized void write(Line line) {
        Map<String, Object> fields = new LinkedHashMap<>();
        line.fields().forEach((key, value) -> fields.put(key.replace('.', '_'), value));
        switch (line.message()) {
            case "starting agent" -> print(line, "agent", "Starting", starting());
            case "registered successfully" -> {
                fields.keySet().retainAll(OF_REGISTRATION);
                agent.putAll(fields);
                print(line, "core", "Agent registered successfully with otfd", fields);
            }
            case "waiting for next job" -> print(line, "core", "Waiting for next job", fields);
            case "received job" -> {
                print(line, "core", "Job received", ordered(fields, "job_type", "run_operation", "job_id", "run_id"));
                String[] workspace = fields.remove("workspace").toString().split("/", 2);
                fields.put("organization_name", workspace[0]);
                fields.put("workspace_name", workspace[1]);
                print(line, "terraform", "Handling run", fields);
            }
            case "finished job" -> print(line, "terraform", "Finished handling run", fields);
            default -> print(line, line.level() == Level.STEP ? "terraform" : "core", sentence(line), fields);
        }
    }

    private Map<String, Object> starting() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", agent.get("agent_name"));
        fields.put("agent_version", agent.get("agent_version"));
        fields.put("os", Architecture.system());
        fields.put("arch", Architecture.ofThisMachine());
        return fields;
    }

    /** @param names new names, each followed by the old one */
    private static Map<String, Object> ordered(Map<String, Object> fields, String... names) {
        Map<String, Object> chosen = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i += 2) {
            chosen.put(names[i], fields.get(names[i + 1]));
        }
        return chosen;
    }

    private static String sentence(Line line) {
        return line.message().substring(0, 1).toUpperCase(Locale.ROOT)
                + line.message().substring(1);
    }

    private void print(Line line, String module, String message, Map<String, Object> fields) {
        form.print(new Entry(line.time(), line.level(), module, message, fields), agent);
    }

    /** {@code 2026-11-24T21:52:06.123Z [INFO]  core: Job received: job_type=plan job_id=run-1}. */
    static final class Text implements Form {

        private static final DateTimeFormatter CLOCK =
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

        private final PrintStream out;

        Text(PrintStream out) {
            this.out = out;
        }

        @Override
        public void print(Entry entry, Map<String, Object> agent) {
            String level = "[" + entry.levelWord() + "]";
            String fields = TextLog.pairs(entry.fields());
            out.println(CLOCK.format(entry.time()) + " " + level + " ".repeat(8 - level.length()) + entry.module()
                    + ": " + entry.message() + (fields.isEmpty() ? "" : ":" + fields));
        }
    }

    /** {@code @level}, {@code @message}, {@code @module}, {@code @timestamp}, the agent and the fields. */
    static final class Json implements Form {

        private final PrintStream out;

        Json(PrintStream out) {
            this.out = out;
        }

        @Override
        public void print(Entry entry, Map<String, Object> agent) {
            JsonObjectBuilder object = jakarta.json.Json.createObjectBuilder()
                    .add("@level", entry.levelWord().toLowerCase(Locale.ROOT))
                    .add("@message", entry.message())
                    .add("@module", entry.module())
                    .add("@timestamp", Text.CLOCK.format(entry.time()));
            JsonLog.add(object, agent);
            JsonLog.add(object, entry.fields());
            out.println(object.build());
        }
    }
}
