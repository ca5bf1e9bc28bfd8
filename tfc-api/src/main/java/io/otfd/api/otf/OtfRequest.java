package io.otfd.api.otf;

import io.otfd.Refusal;
import io.otfd.agent.protocol.Wire;
import io.otfd.api.Call;
import jakarta.json.bind.JsonbException;
import java.nio.charset.StandardCharsets;

/** Plain JSON bodies, whatever their content type says. Members that are not known are left alone. */
final class OtfRequest {

    private static final int MAX_BODY = 1 << 20;

    private OtfRequest() {}

    /** @param executorKind {@code fork} or {@code kubernetes} */
    public record Registration(String name, String version, Integer concurrency, String executorKind) {}

    public record Status(String status) {}

    public record Start(String jobId) {}

    /** @param status {@code finished}, {@code errored} or {@code canceled} */
    public record Finish(String jobId, String status, String error) {}

    static <T> T read(Call call, Class<T> type) {
        try {
            T value = Wire.json().fromJson(new String(call.body(MAX_BODY), StandardCharsets.UTF_8), type);
            if (value == null) {
                throw new Refusal.Malformed("The body must be a JSON object.");
            }
            return value;
        } catch (JsonbException e) {
            throw new Refusal.Malformed("The body is not the JSON that this call takes.");
        }
    }

    /** @throws Refusal.NotFound for what is no job's identifier */
    static long jobId(String id) {
        if (id == null || !id.matches("job-[0-9]{1,18}")) {
            throw new Refusal.NotFound();
        }
        return Long.parseLong(id.substring("job-".length()));
    }
}
