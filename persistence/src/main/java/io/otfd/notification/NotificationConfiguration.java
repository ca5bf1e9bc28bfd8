package io.otfd.notification;

import io.otfd.Ids.Id;
import io.otfd.Ids.NotificationConfigurationId;
import io.otfd.Ids.UserId;
import io.otfd.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who is told of what.
 *
 * @param subscribable a workspace, a project or a team
 * @param url of every destination but e-mail; whether its host may be spoken to is looked at when it is connected
 * @param token signs what is sent to a generic destination; never shown
 * @param emailAddresses people without an account
 */
public record NotificationConfiguration(
        NotificationConfigurationId id,
        Id subscribable,
        String name,
        Destination destination,
        boolean enabled,
        List<String> triggers,
        Optional<String> url,
        Optional<String> token,
        List<String> emailAddresses,
        List<UserId> users,
        Instant createdAt,
        Instant updatedAt) {

    private static final int MAX_NAME = 255;
    private static final int MAX_URL = 2048;
    private static final int MAX_TOKEN = 4096;
    private static final int MAX_RECIPIENTS = 50;
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;:\"\\\\()\\[\\]]{1,64}@[A-Za-z0-9.-]{1,253}");

    public NotificationConfiguration {
        triggers = triggers.stream().distinct().toList();
        emailAddresses = emailAddresses.stream().distinct().toList();
        users = users.stream().distinct().toList();
        if (name.isBlank()) {
            throw Refusal.Invalid.attribute("name", "can't be blank");
        }
        if (name.length() > MAX_NAME) {
            throw Refusal.Invalid.attribute("name", "must have at most " + MAX_NAME + " characters");
        }
        List<String> known = Triggers.of(subscribable);
        for (String trigger : triggers) {
            if (!known.contains(trigger)) {
                throw Refusal.Invalid.attribute("triggers", "must be of " + String.join(", ", known));
            }
        }
        if (destination == Destination.EMAIL) {
            if (url.isPresent()) {
                throw Refusal.Invalid.attribute("url", "must not be set for the destination type email");
            }
        } else {
            checkUrl(url.orElseThrow(() -> Refusal.Invalid.attribute("url", "can't be blank")));
            if (!emailAddresses.isEmpty() || !users.isEmpty()) {
                throw Refusal.Invalid.attribute(
                        "email-addresses", "and users can be set for the destination type email only");
            }
        }
        if (destination != Destination.GENERIC && token.isPresent()) {
            throw Refusal.Invalid.attribute("token", "can be set for the destination type generic only");
        }
        if (token.filter(key -> key.length() > MAX_TOKEN).isPresent()) {
            throw Refusal.Invalid.attribute("token", "must have at most " + MAX_TOKEN + " characters");
        }
        if (emailAddresses.size() + users.size() > MAX_RECIPIENTS) {
            throw Refusal.Invalid.attribute("email-addresses", "must be at most " + MAX_RECIPIENTS);
        }
        for (String address : emailAddresses) {
            if (!ADDRESS.matcher(address).matches()) {
                throw Refusal.Invalid.attribute("email-addresses", "must be addresses such as ops@example.com");
            }
        }
    }

    private static void checkUrl(String url) {
        String complaint = "must be an http or https URL without a user name";
        if (url.length() > MAX_URL) {
            throw Refusal.Invalid.attribute("url", "must have at most " + MAX_URL + " characters");
        }
        try {
            URI uri = new URI(url);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getUserInfo() != null) {
                throw Refusal.Invalid.attribute("url", complaint);
            }
        } catch (URISyntaxException e) {
            throw Refusal.Invalid.attribute("url", complaint);
        }
    }
}
