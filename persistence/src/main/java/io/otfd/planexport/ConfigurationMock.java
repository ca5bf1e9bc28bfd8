package io.otfd.planexport;

import static io.otfd.planexport.PlanReader.text;
import static io.otfd.planexport.PlanReader.within;

import io.otfd.JsonEvents;
import io.otfd.JsonTrees;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.IOException;

/**
 * {@code tfconfig/v2} (cloud-docs/policy-enforcement/sentinel/import/tfconfig-v2). The configuration is a tree of modules,
 * the mock a few collections over all of them: each is a look of its own at the plan, so that none of it has to be kept.
 */
final class ConfigurationMock {

    /** Keys of indexes may hold dots, so addresses are cut at brackets. */
    private static final String STRIP_INDEX = """
            import "strings"

            strip_index = func(address) {
            	parts = strings.split(address, "[")
            	stripped = parts[0]
            	for parts as i, part {
            		behind = strings.split(part, "]")
            		if i > 0 and length(behind) > 1 {
            			stripped = stripped + behind[length(behind) - 1]
            		}
            	}
            	return stripped
            }
            """;

    private final PlanReader plan;
    private final SentinelWriter out;

    private ConfigurationMock(PlanReader plan, SentinelWriter out) {
        this.plan = plan;
        this.out = out;
    }

    static void write(PlanReader plan, SentinelWriter out) throws IOException {
        out.code(STRIP_INDEX);
        ConfigurationMock mock = new ConfigurationMock(plan, out);
        mock.providers();
        mock.collect("resources", "resources", mock::resource);
        mock.collect("provisioners", "resources", mock::provisioners);
        mock.collect("variables", "variables", mock::variable);
        mock.collect("outputs", "outputs", mock::output);
        mock.collect("module_calls", "module_calls", mock::moduleCall);
    }

    /** One thing of a module; those that stand in lists have no name. */
    private interface Entry {
        void write(String module, String name, JsonObject entry);
    }

    private void providers() throws IOException {
        out.name("providers").beginMap();
        configuration(
                "provider_config",
                (parser, value) -> entries(parser, value, "", (module, key, provider) -> {
                    out.name(key).beginMap();
                    Fields fields = new Fields(out, provider);
                    fields.text("alias");
                    fields.copy("config", "expressions", JsonValue.EMPTY_JSON_OBJECT);
                    fields.text("full_name");
                    fields.text("module_address");
                    fields.text("name");
                    fields.put("provider_config_key", key);
                    fields.text("version_constraint");
                    out.endMap();
                }));
        out.endMap();
    }

    private void collect(String collection, String member, Entry entry) throws IOException {
        out.name(collection).beginMap();
        configuration("root_module", (parser, value) -> module(parser, value, "", member, entry));
        out.endMap();
    }

    private interface Part {
        void read(JsonParser parser, Event value);
    }

    private void configuration(String member, Part part) throws IOException {
        plan.members((name, parser, event) -> {
            if (!name.equals("configuration") || event != Event.START_OBJECT) {
                return false;
            }
            PlanReader.members(parser, (inner, at, value) -> {
                if (!inner.equals(member)) {
                    return false;
                }
                part.read(at, value);
                return true;
            });
            return true;
        });
    }

    private static void module(JsonParser parser, Event event, String address, String wanted, Entry entry) {
        JsonEvents.expect(event, Event.START_OBJECT);
        PlanReader.members(parser, (name, at, value) -> {
            if (name.equals("module_calls")) {
                calls(at, value, address, wanted, entry);
                return true;
            }
            if (name.equals(wanted)) {
                entries(at, value, address, entry);
                return true;
            }
            return false;
        });
    }

    private static void entries(JsonParser parser, Event event, String module, Entry entry) {
        if (event == Event.START_ARRAY) {
            while (parser.next() != Event.END_ARRAY) {
                entry.write(module, "", parser.getObject());
            }
            return;
        }
        JsonEvents.expect(event, Event.START_OBJECT);
        PlanReader.members(parser, (name, at, value) -> {
            entry.write(module, name, at.getObject());
            return true;
        });
    }

    /** Calls without the modules that they call, which come first: they are written while they are read. */
    private static void calls(JsonParser parser, Event event, String module, String wanted, Entry entry) {
        JsonEvents.expect(event, Event.START_OBJECT);
        PlanReader.members(parser, (name, at, value) -> {
            JsonEvents.expect(value, Event.START_OBJECT);
            JsonObjectBuilder call = JsonTrees.JSON.createObjectBuilder();
            PlanReader.members(at, (member, inner, begun) -> {
                if (member.equals("module")) {
                    module(inner, begun, within(module, "module." + name), wanted, entry);
                } else {
                    call.add(member, inner.getValue());
                }
                return true;
            });
            if (wanted.equals("module_calls")) {
                entry.write(module, name, call.build());
            }
            return true;
        });
    }

    private void resource(String module, String ignored, JsonObject resource) {
        String address = within(module, text(resource, "address"));
        out.name(address).beginMap();
        Fields fields = new Fields(out, resource);
        fields.put("address", address);
        fields.copy("config", "expressions", JsonValue.EMPTY_JSON_OBJECT);
        fields.copy("count", "count_expression", JsonValue.EMPTY_JSON_OBJECT);
        fields.copy("depends_on", JsonValue.EMPTY_JSON_ARRAY);
        fields.copy("for_each", "for_each_expression", JsonValue.EMPTY_JSON_OBJECT);
        fields.text("mode");
        fields.put("module_address", module);
        fields.text("name");
        fields.text("provider_config_key");
        out.name("provisioners").value(provisionersOf(address, resource));
        fields.text("type");
        out.endMap();
    }

    private void provisioners(String module, String ignored, JsonObject resource) {
        String address = within(module, text(resource, "address"));
        for (JsonValue provisioner : provisionersOf(address, resource)) {
            out.name(address + ":" + provisioner.asJsonObject().getInt("index")).value(provisioner);
        }
    }

    private static JsonArray provisionersOf(String address, JsonObject resource) {
        var provisioners = JsonTrees.JSON.createArrayBuilder();
        int index = 0;
        for (JsonValue each : PlanReader.member(resource, "provisioners", JsonValue.EMPTY_JSON_ARRAY)
                .asJsonArray()) {
            JsonObject provisioner = each.asJsonObject();
            provisioners.add(JsonTrees.JSON
                    .createObjectBuilder()
                    .add("config", PlanReader.member(provisioner, "expressions", JsonValue.EMPTY_JSON_OBJECT))
                    .add("index", index)
                    .add("resource_address", address)
                    .add("type", text(provisioner, "type")));
            index++;
        }
        return provisioners.build();
    }

    private void variable(String module, String name, JsonObject variable) {
        Fields fields = begin(module, name, variable);
        fields.copy("default", JsonValue.NULL);
        fields.text("description");
        end(fields, module, name);
    }

    private void output(String module, String name, JsonObject output) {
        Fields fields = begin(module, name, output);
        fields.copy("depends_on", JsonValue.EMPTY_JSON_ARRAY);
        fields.text("description");
        fields.copy("sensitive", JsonValue.FALSE);
        fields.copy("value", "expression", JsonValue.EMPTY_JSON_OBJECT);
        end(fields, module, name);
    }

    private void moduleCall(String module, String name, JsonObject call) {
        Fields fields = begin(module, name, call);
        fields.copy("config", "expressions", JsonValue.EMPTY_JSON_OBJECT);
        fields.copy("count", "count_expression", JsonValue.EMPTY_JSON_OBJECT);
        fields.copy("depends_on", JsonValue.EMPTY_JSON_ARRAY);
        fields.copy("for_each", "for_each_expression", JsonValue.EMPTY_JSON_OBJECT);
        fields.text("source");
        fields.text("version_constraint");
        end(fields, module, name);
    }

    private Fields begin(String module, String name, JsonObject entry) {
        out.name(module.isEmpty() ? name : module + ":" + name).beginMap();
        return new Fields(out, entry);
    }

    private void end(Fields fields, String module, String name) {
        fields.put("module_address", module);
        fields.put("name", name);
        out.endMap();
    }
}
