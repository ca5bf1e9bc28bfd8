package io.otfd.daemon;

import io.otfd.database.Database;
import io.otfd.database.DatabaseUrl;
import io.otfd.encryption.MasterKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master keys: given by a flag, or in a file that is made at the first start. They are looked at before the database is
 * changed in any way, so that a server with the wrong ones leaves it as it is.
 */
final class EncryptionKeys {

    private static final Logger LOG = LoggerFactory.getLogger(EncryptionKeys.class);

    private EncryptionKeys() {}

    /** @throws IllegalStateException with what to do, when the database needs a key that is not there */
    static MasterKeys establish(Config config, DatabaseUrl url) {
        Set<String> needed = Database.masterKeys(url);
        Path file = config.encryptionKeyFile();
        boolean given = config.encryptionKey().isPresent();
        if (!given && !Files.exists(file) && needed.isEmpty()) {
            make(file);
        }
        if (!given && !Files.exists(file)) {
            throw new IllegalStateException("The database is encrypted with key " + String.join(", ", needed) + ", and "
                    + file
                    + " is not there. Bring it back from a backup or from another server of this database, or give"
                    + " --encryption-key-file. Nothing was changed.");
        }
        String source = given ? "--encryption-key" : file.toString();
        MasterKeys keys = parse(source, config.encryptionKey().orElseGet(() -> read(file)));
        for (String id : needed) {
            if (keys.find(id).isEmpty()) {
                throw new IllegalStateException("The database is encrypted with key " + id + ", which is not in "
                        + source + ". Nothing was changed.");
            }
        }
        LOG.info("encryption keys={} source={}", keys.ids(), source);
        return keys;
    }

    private static MasterKeys parse(String source, String text) {
        try {
            return MasterKeys.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(source + ": " + e.getMessage() + ". Make one by: openssl rand -base64 32");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the encryption key in " + file + " cannot be read", e);
        }
    }

    /** Created, never overwritten: whatever stands there may be the only key to a database. */
    private static void make(Path file) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, MasterKeys.random() + "\n", StandardOpenOption.SYNC);
        } catch (IOException e) {
            throw new UncheckedIOException("the encryption key in " + file + " cannot be made", e);
        }
        LOG.info("made an encryption key file={}; keep a copy: without it the database cannot be read", file);
    }
}
