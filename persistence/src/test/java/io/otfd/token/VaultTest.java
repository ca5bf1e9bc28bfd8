package io.otfd.token;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class VaultTest {

    private final Vault vault = new Vault(new byte[32]);

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
    }
}
