package io.otfd.api.openapi;

import io.otfd.api.Operation;
import io.otfd.api.Route;
import java.util.Arrays;
import java.util.List;

/** Names of operations, from their paths. */
final class OperationNames {

    private static final List<String> PREFIXES = List.of("", "api", "v2", "v1", "relationships", "actions");

    private OperationNames() {}

    /** {@code getOrganizationsByOrganizationWorkspaces}: stable as long as method and path are. */
    static String id(Route route) {
        StringBuilder id = new StringBuilder(OperationObject.verb(route));
        for (String segment : route.path().replace("/api/v2/", "/").split("/")) {
            if (segment.startsWith("{")) {
                id.append("By");
            }
            for (String word : segment.split("[^A-Za-z0-9]+")) {
                id.append(capital(word));
            }
        }
        return id.toString();
    }

    /** Such as "List agent pools of an organization". */
    static String summary(Route route) {
        List<String> nouns = Arrays.stream(route.path().split("/"))
                .filter(segment -> !segment.startsWith("{") && !PREFIXES.contains(segment))
                .map(segment -> segment.replace("-", " "))
                .toList();
        String last = nouns.getLast();
        if (!route.path().startsWith("/api/v2/")) {
            return capital(last.replace("_", ""));
        }
        String owner = nouns.size() == 1 ? "" : " of " + one(nouns.get(nouns.size() - 2));
        if (route.path().contains("/actions/")) {
            return capital(last) + owner.replaceFirst(" of", "");
        }
        boolean isOne = route.path().endsWith("}");
        return switch (route.method().text()) {
            case "GET" ->
                switch (route.operation().shown()) {
                    case PAGE, SLICE, LIST -> "List " + last + owner;
                    case RESOURCE, JSON, BYTES, NOTHING -> "Read " + (isOne ? one(last) : last) + owner;
                };
            case "POST" ->
                route.operation().statuses().contains(201) ? "Create " + one(last) + owner : "Add to " + last + owner;
            case "DELETE" ->
                route.operation().taken() == Operation.Taken.NOTHING
                        ? "Delete " + one(last) + owner
                        : "Remove from " + last + owner;
            default -> "Update " + (isOne ? one(last) : last) + owner;
        };
    }

    private static String one(String plural) {
        String singular = plural.endsWith("ies")
                ? plural.substring(0, plural.length() - 3) + "y"
                : plural.replaceFirst("(?<!s)s$", "");
        return (singular.matches("([aeio]|ssh).*") ? "an " : "a ") + singular;
    }

    private static String capital(String word) {
        return word.isEmpty() ? "" : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
