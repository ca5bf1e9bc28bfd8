package io.otfd.api.meta;

import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.Operation;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** Where this server's connections come from and go to (cloud-docs/api-docs/ip-ranges). */
public final class MetaEndpoints {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

    private final Instant startedAt;

    /** @param startedAt the ranges do not change while a server runs */
    public MetaEndpoints(Instant startedAt) {
        this.startedAt = startedAt.truncatedTo(ChronoUnit.SECONDS);
    }

    public void register(RouteTable routes) {
        routes.family(MetaEndpoints.class, Route.Audience.PUBLIC)
                .get("/api/meta/ip-ranges", this::ipRanges, Operation.json().or(304));
    }

    /** One server has one address, and does everything from it: the one that the client has reached. */
    private Answer ipRanges(Call call) {
        if (isUnchanged(call)) {
            return Answer.empty(304);
        }
        String address = call.localAddress();
        String range = "[\"" + address + (address.contains(":") ? "/128" : "/32") + "\"]";
        String body = "{\"api\":" + range + ",\"notifications\":" + range + ",\"sentinel\":" + range + ",\"vcs\":"
                + range + "}";
        return Answer.of(200, "application/json", body.getBytes(StandardCharsets.UTF_8))
                .with("Last-Modified", HTTP_DATE.format(startedAt.atOffset(ZoneOffset.UTC)));
    }

    /** A date that cannot be read does not count (RFC 9110, If-Modified-Since). */
    private boolean isUnchanged(Call call) {
        try {
            return call.header("If-Modified-Since")
                    .map(date -> ZonedDateTime.parse(date, HTTP_DATE).toInstant())
                    .filter(date -> !date.isBefore(startedAt))
                    .isPresent();
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
