package io.otfd.agent.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.jasminb.jsonapi.retrofit.JSONAPIConverterFactory;
import io.otfd.agent.Backoff;
import io.otfd.agent.protocol.JobData;
import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import retrofit2.Response;
import retrofit2.Retrofit;

/** The state that Terraform could not hand in, handed in by the agent. */
final class ErroredState {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final MediaType BYTES = MediaType.get("application/octet-stream");

    private final URI address;
    private final OkHttpClient http;

    /** @param http sends no credentials */
    ErroredState(URI address, OkHttpClient http) {
        this.address = address;
        this.http = http;
    }

    /**
     * Tries for ten minutes while the server does not answer.
     *
     * @return id of the new state version
     * @throws JobFailure when the server refuses, or does not come back in time
     */
    String save(Path state, JobData job, Control control) throws JobFailure, InterruptedException, IOException {
        StateApi.StateVersion wanted = describe(state);
        wanted.run = new StateApi.Run();
        wanted.run.id = job.runId();
        Instant end = Instant.now().plus(PATIENCE);
        Backoff backoff = new Backoff();
        String reason = "";
        while (Instant.now().isBefore(end) && !control.abandoned()) {
            try {
                return attempt(state, wanted, job);
            } catch (IOException | RuntimeException e) {
                // What answers in a server's place, a proxy say, may not speak JSON:API: the converter then throws.
                reason = String.valueOf(e.getMessage());
            }
            backoff.pause();
        }
        throw new JobFailure("The state could not be stored: " + reason + ".");
    }

    private String attempt(Path state, StateApi.StateVersion wanted, JobData job) throws IOException, JobFailure {
        Response<StateApi.StateVersion> created =
                api(job.token()).create(job.workspaceId(), wanted).execute();
        check(created.code());
        StateApi.StateVersion version = created.body();
        if (version == null || version.hostedStateUploadUrl == null) {
            throw new JobFailure("The state could not be stored: the server offers no place for it.");
        }
        Request upload = new Request.Builder()
                .url(version.hostedStateUploadUrl)
                .put(RequestBody.create(state.toFile(), BYTES))
                .build();
        try (okhttp3.Response stored = http.newCall(upload).execute()) {
            check(stored.code());
        }
        return version.id;
    }

    private static void check(int status) throws IOException, JobFailure {
        if (status >= 500 || status == 429) {
            throw new IOException("the server answered " + status);
        }
        if (status >= 400) {
            throw new JobFailure("The state could not be stored: the server answered " + status + ".");
        }
    }

    private StateApi api(String token) {
        OkHttpClient authorized = http.newBuilder()
                .addInterceptor(chain -> chain.proceed(chain.request()
                        .newBuilder()
                        .header("Authorization", "Bearer " + token)
                        .build()))
                .build();
        return new Retrofit.Builder()
                .baseUrl(address.resolve("/").toString())
                .client(authorized)
                .addConverterFactory(new JSONAPIConverterFactory(
                        new ObjectMapper(), StateApi.StateVersion.class, StateApi.Run.class))
                .build()
                .create(StateApi.class);
    }

    /** Serial and lineage stand at the beginning of a state file; the digest is of all its bytes. */
    static StateApi.StateVersion describe(Path state) throws IOException, JobFailure {
        StateApi.StateVersion version = new StateApi.StateVersion();
        version.force = false;
        version.md5 = md5(state);
        try (InputStream in = Files.newInputStream(state);
                JsonParser parser = Json.createParser(in)) {
            int depth = 0;
            String key = "";
            while (parser.hasNext() && (version.serial == null || version.lineage == null)) {
                switch (parser.next()) {
                    case START_OBJECT, START_ARRAY -> depth++;
                    case END_OBJECT, END_ARRAY -> depth--;
                    case KEY_NAME -> key = depth == 1 ? parser.getString() : "";
                    case VALUE_NUMBER -> {
                        if (key.equals("serial")) {
                            version.serial = parser.getLong();
                        }
                    }
                    case VALUE_STRING -> {
                        if (key.equals("lineage")) {
                            version.lineage = parser.getString();
                        }
                    }
                    case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {}
                }
            }
        } catch (jakarta.json.JsonException e) {
            throw new JobFailure("The state could not be stored: Terraform left it unreadable.", e);
        }
        if (version.serial == null || version.lineage == null) {
            throw new JobFailure("The state could not be stored: it has no serial or no lineage.");
        }
        return version;
    }

    private static String md5(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
