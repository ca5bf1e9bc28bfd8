package io.otfd.encryption;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Master keys in order: the first one wraps, the others only unwrap what they have wrapped before. */
public record MasterKeys(List<MasterKey> keys) {

    private static final SecureRandom RANDOM = new SecureRandom();

    public MasterKeys {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no encryption key");
        }
    }

    /** @param text a key a line (or separated by commas), base64 of 32 bytes; {@code #} begins a comment */
    public static MasterKeys parse(String text) {
        return new MasterKeys(text.lines()
                .map(line -> line.replaceFirst("#.*", ""))
                .flatMap(line -> List.of(line.split(",")).stream())
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .map(MasterKey::parse)
                .toList());
    }

    /** A new key as text: what {@code openssl rand -base64 32} makes. */
    public static String random() {
        byte[] key = new byte[MasterKey.BYTES];
        RANDOM.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    public MasterKey first() {
        return keys.getFirst();
    }

    /** In their order. */
    public List<String> ids() {
        return keys.stream().map(MasterKey::id).toList();
    }

    public Optional<MasterKey> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }
}
