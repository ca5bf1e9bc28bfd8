package io.otfd.api.engine;

import io.otfd.agent.protocol.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory of archives, named as they are published: the operator's, or what was fetched before. */
final class ArchiveDirectory implements EngineSource {

    private final Path directory;

    ArchiveDirectory(Path directory) {
        this.directory = directory;
    }

    @Override
    public Collection<String> versions(Product product) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.flatMap(file -> Release.parse(file.getFileName().toString()).stream())
                    .filter(release -> release.product() == product)
                    .map(Release::version)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public Optional<EngineArchive> archive(Release release) {
        return Optional.of(directory.resolve(release.archive()))
                .filter(Files::isRegularFile)
                .map(EngineArchive::of);
    }
}
