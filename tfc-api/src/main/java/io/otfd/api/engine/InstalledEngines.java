package io.otfd.api.engine;

import io.otfd.agent.protocol.Architecture;
import io.otfd.agent.protocol.Product;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Engines of the server's own PATH, packed when first asked for. For agents on machines of the server's kind. */
final class InstalledEngines implements EngineSource {

    private static final int EXECUTABLE = 0755;

    private final List<InstalledEngine> engines;
    private final Path directory;

    /** @param directory where archives are kept */
    InstalledEngines(List<InstalledEngine> engines, Path directory) {
        this.engines = List.copyOf(engines);
        this.directory = directory;
    }

    @Override
    public Collection<String> versions(Product product) {
        return engines.stream()
                .filter(engine -> engine.product() == product)
                .map(InstalledEngine::version)
                .toList();
    }

    @Override
    public Optional<EngineArchive> archive(Release release) throws IOException {
        Optional<InstalledEngine> installed = engines.stream()
                .filter(engine -> engine.product() == release.product()
                        && engine.version().equals(release.version())
                        && release.platform().equals(Architecture.platform()))
                .findFirst();
        if (installed.isEmpty()) {
            return Optional.empty();
        }
        Path archive = directory.resolve(release.archive());
        if (!isNewer(archive, installed.get().executable())) {
            pack(installed.get(), archive);
        }
        return Optional.of(EngineArchive.of(archive));
    }

    /** A build from source keeps its version when it changes. */
    private static boolean isNewer(Path archive, Path executable) throws IOException {
        return Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(executable)) > 0;
    }

    private void pack(InstalledEngine engine, Path archive) throws IOException {
        Files.createDirectories(directory);
        Path draft = Files.createTempFile(directory, "packing", ".tmp");
        try {
            try (OutputStream out = Files.newOutputStream(draft);
                    ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
                zip.setLevel(Deflater.BEST_SPEED);
                ZipArchiveEntry entry = new ZipArchiveEntry(engine.product().program());
                entry.setUnixMode(EXECUTABLE);
                zip.putArchiveEntry(entry);
                Files.copy(engine.executable(), zip);
                zip.closeArchiveEntry();
            }
            Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
