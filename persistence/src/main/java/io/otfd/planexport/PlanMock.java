package io.otfd.planexport;

import io.otfd.JsonEvents;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.IOException;

/** {@code tfplan/v2} (cloud-docs/policy-enforcement/sentinel/import/tfplan-v2). */
final class PlanMock {

    private final SentinelWriter out;
    private final Members found = new Members(
            "terraform_version", "variables", "planned_values", "resource_changes", "resource_drift", "output_changes");

    private PlanMock(SentinelWriter out) {
        this.out = out;
    }

    static void write(PlanReader plan, SentinelWriter out) throws IOException {
        PlanMock mock = new PlanMock(out);
        plan.members(mock::take);
        mock.found.complete(out);
        out.name("raw").beginMap();
        plan.members((name, parser, event) -> {
            out.name(name).value(parser, event);
            return true;
        });
        out.endMap();
    }

    private boolean take(String name, JsonParser parser, Event event) {
        switch (name) {
            case "terraform_version" -> begin(name).value(parser, event);
            case "planned_values" -> {
                begin(name).beginMap();
                StateMock.Values values = new StateMock.Values(out);
                values.write(parser, event);
                values.complete();
                out.endMap();
            }
            case "resource_changes", "resource_drift" -> {
                JsonEvents.expect(event, Event.START_ARRAY);
                begin(name).beginMap();
                while (parser.next() != Event.END_ARRAY) {
                    change(parser.getObject());
                }
                out.endMap();
            }
            case "variables" -> named(name, parser, event, (fields, each) -> fields.copy("value", JsonValue.NULL));
            case "output_changes" ->
                named(
                        name,
                        parser,
                        event,
                        (fields, each) -> fields.out().name("change").value(each));
            default -> {
                return false;
            }
        }
        return true;
    }

    private SentinelWriter begin(String name) {
        found.add(name);
        return out.name(name);
    }

    private interface Rest {
        void write(Fields fields, JsonObject each);
    }

    /** A map whose members are known by their names within, too. */
    private void named(String name, JsonParser parser, Event event, Rest rest) {
        JsonEvents.expect(event, Event.START_OBJECT);
        begin(name).beginMap();
        PlanReader.members(parser, (each, at, value) -> {
            JsonObject object = at.getObject();
            out.name(each).beginMap();
            Fields fields = new Fields(out, object);
            fields.put("name", each);
            rest.write(fields, object);
            out.endMap();
            return true;
        });
        out.endMap();
    }

    private void change(JsonObject change) {
        String address = PlanReader.text(change, "address");
        String deposed = PlanReader.text(change, "deposed");
        out.name(deposed.isEmpty() ? address : address + ":" + deposed).beginMap();
        Fields fields = new Fields(out, change);
        fields.text("address");
        fields.copy("change", JsonValue.EMPTY_JSON_OBJECT);
        fields.text("deposed");
        fields.copy("index", JsonValue.NULL);
        fields.text("mode");
        fields.text("module_address");
        fields.text("name");
        fields.text("provider_name");
        fields.text("type");
        out.endMap();
    }
}
