package io.otfd.api;

import io.otfd.Ids.PhaseId;
import io.otfd.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * URLs that carry their own authority: {@code /_archivist/v1/<claim>.<signature>}. All of it stands in the path, because
 * the CLI replaces the query of a log URL (observed: Terraform 1.11). The host is not part of it: agents and people may
 * reach us by different names.
 */
public final class SignedUrls {

    public static final String PATH = "/_archivist/v1/{signed}";

    /** The same where a client looks at the path (observed: go-tfe's suite, of the registry's modules). */
    static final String OBJECT_PATH = "/_archivist/v1/object/{signed}";

    private final byte[] key;
    private final Clock clock;

    /** @param key shared by all servers on the database */
    public SignedUrls(byte[] key, Clock clock) {
        this.key = key.clone();
        this.clock = clock;
    }

    /** What a URL is for. */
    public enum Use {
        READ_LOG,
        WRITE_LOG,
        READ_CONFIGURATION,
        READ_ENGINE,
        WRITE_CONFIGURATION,
        READ_REGISTRY_MODULE,
        WRITE_REGISTRY_MODULE,
        READ_STATE,
        WRITE_STATE,
        READ_JSON_STATE,
        WRITE_JSON_STATE,
        READ_FILESYSTEM,
        WRITE_FILESYSTEM,
        WRITE_PLAN_JSON,
        WRITE_REDACTED_PLAN,
        WRITE_SANITIZED_PLAN,
        WRITE_PROVIDER_SCHEMAS,
        READ_ERRORED_STATE,
        READ_PLAN_EXPORT,
        WRITE_ERRORED_STATE
    }

    /** Lets its holder do one thing to one object. */
    public record Claim(Use use, String id) {

        /** The plan or apply that an agent writes for; the claim of its job follows the id after a dot. */
        PhaseId phase() {
            return new PhaseId(id.split("\\.")[0]);
        }

        /** Number of that claim, from 1; 0 where the URL names none. */
        int jobClaim() {
            int dot = id.indexOf('.');
            return dot < 0 ? 0 : Integer.parseInt(id.substring(dot + 1));
        }
    }

    /**
     * An absolute URL. The same for an hour, so that two reads of one object are equal.
     *
     * @param lifetime how long at least
     */
    public String sign(Call call, Use use, String id, Duration lifetime) {
        return call.baseUrl() + PATH.replace("{signed}", signed(use, id, lifetime));
    }

    /** The path alone, for the registry's modules. */
    public String signObject(Use use, String id, Duration lifetime) {
        return OBJECT_PATH.replace("{signed}", signed(use, id, lifetime));
    }

    String signed(Use use, String id, Duration lifetime) {
        Instant expiry = clock.instant()
                .truncatedTo(ChronoUnit.HOURS)
                .plus(Duration.ofHours(1))
                .plus(lifetime);
        String claim =
                use.name().toLowerCase(Locale.ROOT) + "~" + id + "~" + Long.toString(expiry.getEpochSecond(), 36);
        return claim + "." + signature(claim);
    }

    /** @throws Refusal.NotFound for a URL that we did not sign, or whose time is over */
    public Claim verify(String signed) {
        int dot = signed.lastIndexOf('.');
        if (dot < 0) {
            throw new Refusal.NotFound();
        }
        String claim = signed.substring(0, dot);
        byte[] given = signed.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, signature(claim).getBytes(StandardCharsets.UTF_8))) {
            throw new Refusal.NotFound();
        }
        String[] parts = claim.split("~");
        if (Instant.ofEpochSecond(Long.parseLong(parts[2], 36)).isBefore(clock.instant())) {
            throw new Refusal.NotFound();
        }
        return new Claim(Use.valueOf(parts[0].toUpperCase(Locale.ROOT)), parts[1]);
    }

    private String signature(String claim) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] hash = mac.doFinal(claim.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
