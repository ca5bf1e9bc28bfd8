package io.otfd.ui.notification;

import io.otfd.notification.Destination;
import io.otfd.notification.NotificationConfiguration;
import io.otfd.notification.NotificationConfigurations.Draft;
import io.otfd.notification.Triggers;
import io.otfd.ui.Choice;
import io.otfd.ui.Edition;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields of the form ↔ {@link Draft}. */
final class NotificationForm {

    static final List<Choice> TRIGGERS = List.of(
            new Choice(Triggers.CREATED, "Created"),
            new Choice(Triggers.PLANNING, "Planning"),
            new Choice(Triggers.NEEDS_ATTENTION, "Needs attention"),
            new Choice(Triggers.APPLYING, "Applying"),
            new Choice(Triggers.COMPLETED, "Completed"),
            new Choice(Triggers.ERRORED, "Errored"));

    private NotificationForm() {}

    static Filled fresh() {
        return Filled.of(new Form(Map.of(
                "destination-type",
                List.of(Destination.GENERIC.toString()),
                "triggers",
                List.of(Triggers.NEEDS_ATTENTION, Triggers.COMPLETED, Triggers.ERRORED))));
    }

    static Filled of(NotificationConfiguration configuration) {
        Map<String, List<String>> fields = new HashMap<>();
        fields.put("name", List.of(configuration.name()));
        fields.put("url", configuration.url().map(List::of).orElse(List.of()));
        fields.put("triggers", configuration.triggers());
        fields.put("email-addresses", List.of(String.join("\n", configuration.emailAddresses())));
        fields.values().removeIf(List::isEmpty);
        return Filled.of(new Form(fields));
    }

    static Edition edition(NotificationConfiguration configuration) {
        return Edition.of(configuration.updatedAt());
    }

    /** What was typed, over what is there. An empty token keeps the present one. Triggers that the form does not know stay. */
    static Draft typed(Draft before, Destination destination, Form form) {
        List<String> shown = TRIGGERS.stream().map(Choice::value).toList();
        List<String> triggers = new java.util.ArrayList<>(form.all("triggers"));
        before.triggers().stream().filter(trigger -> !shown.contains(trigger)).forEach(triggers::add);
        boolean mail = destination == Destination.EMAIL;
        Optional<String> token = destination == Destination.GENERIC && !form.has("no-token")
                ? Optional.of(form.exact("token"))
                        .filter(text -> !text.isEmpty())
                        .or(before::token)
                : Optional.empty();
        return new Draft(
                form.first("name").orElse(""),
                before.enabled(),
                triggers,
                mail ? Optional.empty() : form.first("url"),
                token,
                mail
                        ? form.exact("email-addresses")
                                .lines()
                                .map(String::strip)
                                .filter(line -> !line.isEmpty())
                                .toList()
                        : List.of(),
                before.users());
    }
}
