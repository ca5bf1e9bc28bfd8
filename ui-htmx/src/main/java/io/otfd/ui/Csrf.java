package io.otfd.ui;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What only a page of ours knows: derived from the session, so that nothing has to be kept. */
final class Csrf {

    static final String FIELD = "csrf";
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "otfd csrf".getBytes(StandardCharsets.UTF_8);

    private Csrf() {}

    static String token(String sessionSecret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(sessionSecret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(PURPOSE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean matches(String sessionSecret, String token) {
        return MessageDigest.isEqual(
                token(sessionSecret).getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
