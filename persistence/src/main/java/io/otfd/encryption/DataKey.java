package io.otfd.encryption;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;

/** A key that seals what is stored: short secrets by AES-256-GCM, streams in segments by keys of their own derived from it. */
public final class DataKey {

    /** Of one segment's ciphertext, and so what a stream costs in memory. */
    public static final int SEGMENT = 256 * 1024;

    private final int id;
    private final Aead secrets;
    private final StreamingAead streams;

    public DataKey(int id, byte[] key) {
        this.id = id;
        try {
            secrets = new AesGcmJce(key);
            streams = new AesGcmHkdfStreaming(
                    MasterKey.derive(key, "stream", MasterKey.BYTES), "HmacSha256", MasterKey.BYTES, SEGMENT, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("data key " + id + " cannot be used", e);
        }
    }

    public int id() {
        return id;
    }

    Aead secrets() {
        return secrets;
    }

    StreamingAead streams() {
        return streams;
    }
}
