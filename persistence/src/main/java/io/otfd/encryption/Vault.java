package io.otfd.encryption;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * Seals what must be read again, for rows of the database. Everything is bound to its owner, the row's identifier: bytes
 * that were copied to another row do not open there.
 *
 * <p>A sealed secret is 1, four bytes of the data key's id, and the ciphertext. One that begins with 0 is in clear: an
 * earlier version has stored it.
 */
public final class Vault {

    private static final byte CLEAR = 0;
    private static final byte SEALED = 1;
    private static final int HEAD = 1 + Integer.BYTES;

    private final Keys keys;

    public Vault(Keys keys) {
        this.keys = keys;
    }

    /** Where data keys come from. */
    public interface Keys {
        /** The one for what is stored now. */
        DataKey current();

        /** @throws IllegalStateException for one that is unknown, or whose master key is */
        DataKey get(int id);
    }

    public byte[] seal(String owner, String secret) {
        return seal(owner, secret.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] seal(String owner, byte[] secret) {
        DataKey key = keys.current();
        try {
            byte[] sealed = key.secrets().encrypt(secret, bytes(owner));
            return ByteBuffer.allocate(HEAD + sealed.length)
                    .put(SEALED)
                    .putInt(key.id())
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a secret of " + owner + " cannot be sealed", e);
        }
    }

    public String open(String owner, byte[] sealed) {
        return new String(openBytes(owner, sealed), StandardCharsets.UTF_8);
    }

    /** @throws IllegalStateException for bytes that were changed, or sealed for another owner */
    public byte[] openBytes(String owner, byte[] sealed) {
        if (sealed.length > 0 && sealed[0] == CLEAR) {
            return Arrays.copyOfRange(sealed, 1, sealed.length);
        }
        if (sealed.length < HEAD || sealed[0] != SEALED) {
            throw new IllegalStateException("a secret of " + owner + " is not in a form that is known");
        }
        DataKey key = keys.get(ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt());
        try {
            return key.secrets().decrypt(Arrays.copyOfRange(sealed, HEAD, sealed.length), bytes(owner));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a secret of " + owner + " cannot be opened", e);
        }
    }

    public boolean isClear(byte[] sealed) {
        return sealed.length > 0 && sealed[0] == CLEAR;
    }

    /** The data key for a stream that is stored now. */
    public DataKey streamKey() {
        return keys.current();
    }

    /** Closing it writes the mark of its end, without which it does not open. */
    public OutputStream sealing(String owner, DataKey key, OutputStream out) throws IOException {
        try {
            return key.streams().newEncryptingStream(out, bytes(owner));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(owner + " cannot be sealed", e);
        }
    }

    /**
     * Gives only what is whole: reading throws {@link IOException} from the first segment that was changed, cut off or
     * moved.
     */
    public InputStream opening(String owner, int key, InputStream in) throws IOException {
        try {
            return keys.get(key).streams().newDecryptingStream(in, bytes(owner));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(owner + " cannot be opened", e);
        }
    }

    private static byte[] bytes(String owner) {
        return owner.getBytes(StandardCharsets.UTF_8);
    }
}
