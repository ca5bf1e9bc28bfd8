package io.otfd.encryption;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;

/** A key that wraps data keys. Everything it does is derived from its 32 bytes, each use by another derivation. */
public final class MasterKey {

    static final int BYTES = 32;
    private static final int ID_BYTES = 4;

    private final String id;
    private final byte[] wrapping;

    private MasterKey(byte[] key) {
        id = HexFormat.of().formatHex(derive(key, "id", ID_BYTES));
        wrapping = derive(key, "wrap", BYTES);
    }

    /**
     * @param text base64 of 32 bytes
     * @throws IllegalArgumentException for anything else, without its text
     */
    static MasterKey parse(String text) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("an encryption key must be base64");
        }
        if (key.length != BYTES) {
            throw new IllegalArgumentException("an encryption key must have 32 bytes, not " + key.length);
        }
        return new MasterKey(key);
    }

    /** Eight hexadecimal digits that say which key it is and nothing else about it. */
    public String id() {
        return id;
    }

    public byte[] wrap(byte[] dataKey) {
        try {
            return new AesGcmJce(wrapping).encrypt(dataKey, owner());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a data key cannot be wrapped", e);
        }
    }

    /** @throws IllegalStateException when it was wrapped by another key, or changed since */
    public byte[] unwrap(byte[] wrapped) {
        try {
            return new AesGcmJce(wrapping).decrypt(wrapped, owner());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a data key does not open with encryption key " + id, e);
        }
    }

    private byte[] owner() {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] derive(byte[] key, String use, int bytes) {
        try {
            return Hkdf.computeHkdf(
                    "HMACSHA256", key, new byte[0], ("otfd " + use).getBytes(StandardCharsets.UTF_8), bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
