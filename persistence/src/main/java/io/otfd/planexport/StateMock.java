package io.otfd.planexport;

import static io.otfd.planexport.PlanReader.member;
import static io.otfd.planexport.PlanReader.text;

import io.otfd.JsonEvents;
import io.otfd.JsonTrees;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.IOException;

/** {@code tfstate/v2}: the state before the plan (cloud-docs/policy-enforcement/sentinel/import/tfstate-v2). */
final class StateMock {

    private StateMock() {}

    static void write(PlanReader plan, SentinelWriter out) throws IOException {
        Members found = new Members("terraform_version");
        Values values = new Values(out);
        plan.members((name, parser, event) -> {
            if (!name.equals("prior_state") || event != Event.START_OBJECT) {
                return false;
            }
            PlanReader.members(parser, (inner, at, value) -> switch (inner) {
                case "terraform_version" -> {
                    found.add(inner);
                    out.name(inner).value(at, value);
                    yield true;
                }
                case "values" -> {
                    values.write(at, value);
                    yield true;
                }
                default -> false;
            });
            return true;
        });
        found.complete(out);
        values.complete();
    }

    /** The outputs and resources of a state, those of all modules side by side. */
    static final class Values {

        private final SentinelWriter out;
        private final Members found = new Members("outputs", "resources");

        Values(SentinelWriter out) {
            this.out = out;
        }

        void write(JsonParser parser, Event event) {
            JsonEvents.expect(event, Event.START_OBJECT);
            PlanReader.members(parser, (name, at, value) -> switch (name) {
                case "outputs" -> {
                    found.add("outputs");
                    out.name("outputs");
                    outputs(at, value);
                    yield true;
                }
                case "root_module" -> {
                    found.add("resources");
                    out.name("resources").beginMap();
                    module(at, value);
                    out.endMap();
                    yield true;
                }
                default -> false;
            });
        }

        /** What the state does not have is empty. */
        void complete() {
            found.complete(out);
        }

        private void outputs(JsonParser parser, Event event) {
            JsonEvents.expect(event, Event.START_OBJECT);
            out.beginMap();
            PlanReader.members(parser, (name, at, value) -> {
                JsonObject output = at.getObject();
                out.name(name).beginMap();
                out.name("name").value(JsonTrees.JSON.createValue(name));
                out.name("sensitive").value(member(output, "sensitive", JsonValue.FALSE));
                out.name("value").value(member(output, "value", JsonValue.NULL));
                out.endMap();
                return true;
            });
            out.endMap();
        }

        private void module(JsonParser parser, Event event) {
            JsonEvents.expect(event, Event.START_OBJECT);
            PlanReader.members(parser, (name, at, value) -> {
                if (value != Event.START_ARRAY) {
                    return false;
                }
                switch (name) {
                    case "resources" -> {
                        while (at.next() != Event.END_ARRAY) {
                            resource(at.getObject());
                        }
                        return true;
                    }
                    case "child_modules" -> {
                        for (Event child = at.next(); child != Event.END_ARRAY; child = at.next()) {
                            module(at, child);
                        }
                        return true;
                    }
                    default -> {
                        return false;
                    }
                }
            });
        }

        private void resource(JsonObject resource) {
            String address = text(resource, "address");
            String deposed = text(resource, "deposed_key");
            out.name(deposed.isEmpty() ? address : address + ":" + deposed).beginMap();
            Fields fields = new Fields(out, resource);
            fields.text("address");
            fields.copy("depends_on", JsonValue.EMPTY_JSON_ARRAY);
            fields.text("deposed_key");
            fields.copy("index", JsonValue.NULL);
            fields.text("mode");
            fields.put("module_address", PlanReader.moduleOf(address));
            fields.text("name");
            fields.text("provider_name");
            fields.copy("tainted", JsonValue.FALSE);
            fields.text("type");
            fields.copy("values", JsonValue.EMPTY_JSON_OBJECT);
            out.endMap();
        }
    }
}
