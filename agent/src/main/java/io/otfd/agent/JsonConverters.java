package io.otfd.agent;

import io.otfd.agent.protocol.Wire;
import jakarta.json.bind.JsonbException;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Converter;
import retrofit2.Retrofit;

/** JSON-B bodies for Retrofit. */
final class JsonConverters extends Converter.Factory {

    private static final MediaType JSON = MediaType.get("application/json");

    @Override
    public Converter<ResponseBody, ?> responseBodyConverter(Type type, Annotation[] annotations, Retrofit retrofit) {
        return body -> {
            try (body) {
                return Wire.json().fromJson(body.string(), type);
            } catch (JsonbException e) {
                // What answers in a server's place, a proxy say: it will be gone, and is waited for like a broken line.
                throw new IOException("it answered something else than the agent protocol", e);
            }
        };
    }

    @Override
    public Converter<?, RequestBody> requestBodyConverter(
            Type type, Annotation[] parameterAnnotations, Annotation[] methodAnnotations, Retrofit retrofit) {
        return value -> RequestBody.create(Wire.json().toJson(value).getBytes(StandardCharsets.UTF_8), JSON);
    }
}
