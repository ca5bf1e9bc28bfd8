package io.otfd.encryption;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VaultTest {

    private final DataKey key = new DataKey(7, new byte[32]);
    private final Vault vault = new Vault(new Vault.Keys() {
        @Override
        public DataKey current() {
            return key;
        }

        @Override
        public DataKey get(int id) {
            assertThat(id, is(7));
            return key;
        }
    });

    @Test
    void opensWhatItSealed() {
        assertThat(vault.open("sshkey-1", vault.seal("sshkey-1", "-----BEGIN…")), is("-----BEGIN…"));
    }

    @Test
    void sealsTheSameSecretDifferentlyEachTime() {
        assertThat(vault.seal("sshkey-1", "secret"), not(is(vault.seal("sshkey-1", "secret"))));
    }

    @Test
    void opensNothingForAnotherOwnerOrOnceChanged() {
        byte[] sealed = vault.seal("sshkey-1", "secret");
        byte[] changed = sealed.clone();
        changed[changed.length - 1] ^= 1;

        assertThrows(IllegalStateException.class, () -> vault.open("sshkey-2", sealed));
        assertThrows(IllegalStateException.class, () -> vault.open("sshkey-1", changed));
        assertThrows(IllegalStateException.class, () -> vault.open("sshkey-1", new byte[] {3, 1, 2, 3}));
    }

    @Test
    void opensWhatAnEarlierVersionStoredInClear() {
        assertThat(vault.open("var-1", "\0secret".getBytes(StandardCharsets.UTF_8)), is("secret"));
    }

    @Test
    void streamsComeBackWhole() throws IOException {
        byte[] bytes = bytes(3 * DataKey.SEGMENT + 17);

        byte[] sealed = sealed("state/sv-1", bytes);

        assertThat(read("state/sv-1", sealed), is(bytes));
        assertThat(read("state/sv-2", sealed("state/sv-2", new byte[0])), is(new byte[0]));
    }

    @Test
    void streamsThatWereChangedCutOffOrMovedAreRefused() throws IOException {
        byte[] sealed = sealed("state/sv-1", bytes(3 * DataKey.SEGMENT));
        byte[] changed = sealed.clone();
        changed[DataKey.SEGMENT + 5] ^= 1;
        byte[] cut = Arrays.copyOf(sealed, 2 * DataKey.SEGMENT);

        assertThrows(IOException.class, () -> read("state/sv-1", changed));
        assertThrows(IOException.class, () -> read("state/sv-1", cut));
        assertThrows(IOException.class, () -> read("state/sv-2", sealed));
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private byte[] sealed(String owner, byte[] bytes) throws IOException {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (OutputStream out = vault.sealing(owner, key, sealed)) {
            out.write(bytes);
        }
        return sealed.toByteArray();
    }

    private byte[] read(String owner, byte[] sealed) throws IOException {
        return vault.opening(owner, 7, new ByteArrayInputStream(sealed)).readAllBytes();
    }
}
