package io.otfd.conformance;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A Terraform state file, written by hand or downloaded. */
record StateFile(String json) {

    /** A version 4 state of terraform_data resources by name, each with an input, and one output. */
    static StateFile of(int serial, String lineage, String... names) {
        List<Map<String, Object>> resources =
                Arrays.stream(names).map(StateFile::resource).toList();
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("version", 4);
        state.put("terraform_version", "1.11.4");
        state.put("serial", serial);
        state.put("lineage", lineage);
        state.put(
                "outputs",
                Map.of(
                        "plain", Map.of("value", "seen", "type", "string"),
                        "secret", Map.of("value", "hidden", "type", "string", "sensitive", true)));
        state.put("resources", resources);
        return new StateFile(Document.json(state));
    }

    static Optional<StateFile> current(Api api, Workspace workspace) {
        Response response = api.get("/workspaces/{id}/current-state-version", workspace.id());
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        String url = response.then().statusCode(200).extract().path("data.attributes.hosted-state-download-url");
        return Optional.of(new StateFile(api.request()
                .accept("application/json")
                .basePath("")
                .urlEncodingEnabled(false)
                .get(url)
                .then()
                .statusCode(200)
                .extract()
                .asString()));
    }

    /** Addresses of the managed resources without instance keys. */
    Set<String> resources() {
        Set<String> addresses = new TreeSet<>();
        JsonPath path = JsonPath.from(json);
        List<Map<String, Object>> resources = path.getList("resources");
        for (Map<String, Object> resource : resources) {
            if (resource.get("instances") instanceof List<?> instances && !instances.isEmpty()) {
                addresses.add(resource.get("type") + "." + resource.get("name"));
            }
        }
        return addresses;
    }

    int serial() {
        return JsonPath.from(json).getInt("serial");
    }

    byte[] bytes() {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    String base64() {
        return Base64.getEncoder().encodeToString(bytes());
    }

    String md5() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes()));
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static Map<String, Object> resource(String name) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("id", "id-of-" + name);
        attributes.put("input", null);
        attributes.put("output", null);
        attributes.put("triggers_replace", null);
        return Map.of(
                "mode",
                "managed",
                "type",
                "terraform_data",
                "name",
                name,
                "provider",
                "provider[\"terraform.io/builtin/terraform\"]",
                "instances",
                List.of(Map.of("schema_version", 0, "attributes", attributes)));
    }
}
