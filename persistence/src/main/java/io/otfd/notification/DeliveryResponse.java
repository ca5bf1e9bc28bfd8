package io.otfd.notification;

import io.otfd.JsonTrees;
import io.otfd.database.Row;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.Optional;

/**
 * How a configuration's destination has answered.
 *
 * @param headers lists of values by name
 * @param error where there was no answer
 */
public record DeliveryResponse(
        Instant sentAt,
        boolean successful,
        Optional<Integer> code,
        JsonObject headers,
        String body,
        Optional<String> error) {

    static DeliveryResponse of(Row row) {
        try (JsonReader reader = JsonTrees.JSON.createReader(new StringReader(row.text("response_headers")))) {
            return new DeliveryResponse(
                    row.instant("sent_at"),
                    row.text("status").equals("delivered"),
                    row.optionalNumber("response_code").map(Math::toIntExact),
                    reader.readObject(),
                    row.text("response_body"),
                    row.optionalText("error"));
        }
    }
}
