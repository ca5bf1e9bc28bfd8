package io.otfd.blob;

import io.otfd.Ids;
import io.otfd.Ids.RegistryModuleId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.encryption.DataKey;
import io.otfd.encryption.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Bytes of any size under a key, sealed, in chunks: writing or reading one costs a few chunks of memory. */
public final class Blobs {

    private final Database database;

    public Blobs(Database database) {
        this.database = database;
    }

    /**
     * One that is there.
     *
     * @param size of what was written, in bytes
     * @param dataKey empty where an earlier version has stored it in clear
     */
    public record Blob(String key, long size, String md5, Optional<Integer> dataKey) {

        static Blob of(Row row) {
            return new Blob(
                    row.text("key"),
                    row.number("size"),
                    row.text("md5"),
                    row.optionalNumber("data_key_id").map(Math::toIntExact));
        }
    }

    /** A transaction that stores what was uploaded. Large uploads take turns. */
    public static void storing(Database database, Spool upload, Consumer<Tx> work) {
        if (upload.isLarge()) {
            database.transactInTurn(work);
        } else {
            database.transactVoid(work);
        }
    }

    /**
     * In place of an earlier one with this key.
     *
     * @param owner the workspace or the registry's module that it is deleted with
     */
    public static void write(Tx tx, String key, Ids.Id owner, Spool spool) {
        DataKey dataKey = tx.vault().streamKey();
        tx.update("blob.delete", "key", key);
        tx.update(
                "blob.insert",
                "key",
                key,
                "workspace_id",
                owner instanceof WorkspaceId ? owner : null,
                "registry_module_id",
                owner instanceof RegistryModuleId ? owner : null,
                "size",
                spool.size(),
                "md5",
                spool.md5(),
                "data_key_id",
                dataKey.id());
        try (InputStream in = spool.open();
                OutputStream out = tx.vault().sealing(key, dataKey, new ChunkOutput(tx, key))) {
            in.transferTo(out);
        } catch (IOException e) {
            throw new IllegalStateException("storing " + key, e);
        }
    }

    public void write(String key, WorkspaceId workspace, Spool spool) {
        storing(database, spool, tx -> write(tx, key, workspace, spool));
    }

    public Optional<Blob> find(String key) {
        return database.read(sql -> find(sql, key));
    }

    public static Optional<Blob> find(Sql sql, String key) {
        return sql.one("blob.by_key", Blob::of, "key", key);
    }

    /**
     * Chunk by chunk, no connection held in between.
     *
     * @throws IOException when {@code out} does, or when the blob is not as it was written: what came out until then is
     */
    public void copy(Blob blob, OutputStream out) throws IOException {
        try (InputStream in = open(blob)) {
            in.transferTo(out);
        }
    }

    /**
     * Its bytes, chunk by chunk, within a transaction.
     *
     * @return empty when there is none; reading throws IOException when it is not as it was written
     */
    public static Optional<InputStream> open(Sql sql, String key) throws IOException {
        Optional<Blob> blob = find(sql, key);
        return blob.isEmpty()
                ? Optional.empty()
                : Optional.of(open(sql.vault(), blob.get(), sequence -> chunk(sql, key, sequence)));
    }

    /** The same outside of one, with no connection held in between. */
    public InputStream open(Blob blob) throws IOException {
        return open(database.vault(), blob, sequence -> database.read(sql -> chunk(sql, blob.key(), sequence)));
    }

    private static InputStream open(Vault vault, Blob blob, IntFunction<byte[]> chunks) throws IOException {
        InputStream stored = new ChunkInput(chunks);
        return blob.dataKey().isPresent()
                ? vault.opening(blob.key(), blob.dataKey().get(), stored)
                : stored;
    }

    /** Empty behind the last one. */
    private static byte[] chunk(Sql sql, String key, int sequence) {
        return sql.one("blob.chunk", row -> row.bytes("data"), "key", key, "sequence", sequence)
                .orElse(new byte[0]);
    }
}
