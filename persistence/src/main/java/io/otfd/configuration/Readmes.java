package io.otfd.configuration;

import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.blob.Blobs;
import io.otfd.blob.Spool;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The README.md of a workspace's current configuration, read out of its archive when somebody asks for it. */
public final class Readmes {

    private static final Logger LOG = LoggerFactory.getLogger(Readmes.class);
    private static final String NAME = "README.md";

    /** Of the text; the rest of a longer one is left out. */
    private static final int MAX_BYTES = 256 << 10;

    /** Of the archive, unpacked: where it is larger than that the README is found only when it comes early. */
    private static final long MAX_UNPACKED = 64L << 20;

    private final Blobs blobs;
    private final ConfigurationVersions configurations;

    public Readmes(Blobs blobs, ConfigurationVersions configurations) {
        this.blobs = blobs;
        this.configurations = configurations;
    }

    /**
     * Markdown. Empty where there is none, where the archive is not there any more or is none, and for those who may not read
     * the workspace's runs.
     */
    public Optional<String> of(Caller caller, WorkspaceView view) {
        Workspace workspace = view.workspace();
        return view.grants().has(WorkspacePermission.CAN_READ_RUN)
                ? workspace
                        .currentConfigurationVersion()
                        .map(id -> configurations.read(caller, id))
                        .flatMap(configuration -> blobs.find(configuration.blobKey()))
                        .flatMap(archive -> read(archive, path(workspace)))
                : Optional.empty();
    }

    private static String path(Workspace workspace) {
        return workspace
                .settings()
                .workingDirectory()
                .map(directory -> normal(directory) + "/" + NAME)
                .orElse(NAME);
    }

    /** As entries of archives may be written: {@code ./a//b/}. */
    private static String normal(String path) {
        return path.replaceAll("/+", "/").replaceAll("^(\\./|/)+", "").replaceAll("/$", "");
    }

    private Optional<String> read(Blobs.Blob archive, String path) {
        try (Spool spool = blobs.spool(archive);
                InputStream bytes = new BufferedInputStream(spool.open());
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(bytes))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null && tar.getBytesRead() <= MAX_UNPACKED;
                    entry = tar.getNextEntry()) {
                if (entry.isFile() && normal(entry.getName()).equalsIgnoreCase(path)) {
                    return Optional.of(new String(tar.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
                }
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("no archive key={}: {}", archive.key(), e.getMessage());
            return Optional.empty();
        }
    }
}
