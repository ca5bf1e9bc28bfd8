package io.otfd.blob;

import io.otfd.Ids.WorkspaceId;
import io.otfd.database.Database;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Bytes of any size under a key, in chunks: reading one costs a chunk of memory. */
public final class Blobs {

    private static final int CHUNK = 256 * 1024;

    private final Database database;

    public Blobs(Database database) {
        this.database = database;
    }

    /** One that is there. */
    public record Blob(String key, long size, String md5) {}

    /** In place of an earlier one with this key. */
    public static void write(Tx tx, String key, WorkspaceId workspace, Spool spool) {
        tx.update("blob.delete", "key", key);
        tx.update("blob.insert", "key", key, "workspace_id", workspace, "size", spool.size(), "md5", spool.md5());
        try (InputStream in = spool.open()) {
            byte[] chunk = in.readNBytes(CHUNK);
            for (int sequence = 0; chunk.length > 0; sequence++) {
                tx.update("blob.insert_chunk", "key", key, "sequence", sequence, "data", chunk);
                chunk = in.readNBytes(CHUNK);
            }
        } catch (IOException e) {
            throw new IllegalStateException("reading a spooled upload", e);
        }
    }

    public void write(String key, WorkspaceId workspace, Spool spool) {
        database.transactVoid(tx -> write(tx, key, workspace, spool));
    }

    public Optional<Blob> find(String key) {
        return database.read(sql -> find(sql, key));
    }

    public static Optional<Blob> find(Sql sql, String key) {
        return sql.one(
                "blob.by_key", row -> new Blob(row.text("key"), row.number("size"), row.text("md5")), "key", key);
    }

    /** Chunk by chunk, no connection held in between. */
    public void copy(Blob blob, OutputStream out) throws IOException {
        long left = blob.size();
        for (int sequence = 0; left > 0; sequence++) {
            int number = sequence;
            byte[] chunk = database.read(sql -> chunk(sql, blob.key(), number));
            out.write(chunk);
            left -= chunk.length;
        }
    }

    /** All of a small one. */
    public static Optional<byte[]> bytes(Sql sql, String key) {
        return find(sql, key).map(blob -> {
            ByteArrayOutputStream all = new ByteArrayOutputStream(Math.toIntExact(blob.size()));
            for (int sequence = 0; all.size() < blob.size(); sequence++) {
                all.writeBytes(chunk(sql, key, sequence));
            }
            return all.toByteArray();
        });
    }

    private static byte[] chunk(Sql sql, String key, int sequence) {
        return sql.one("blob.chunk", row -> row.bytes("data"), "key", key, "sequence", sequence)
                .orElseThrow(() -> new IllegalStateException("blob " + key + " lacks chunk " + sequence));
    }
}
