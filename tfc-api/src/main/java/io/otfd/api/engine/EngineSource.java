package io.otfd.api.engine;

import io.otfd.agent.protocol.Product;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/** Where archives of engines come from. */
interface EngineSource {

    /** Versions that it is known to have, for whichever platform. At once. */
    Collection<String> versions(Product product);

    /** The archive; making or fetching it may take minutes. Not called twice at the same time for one release. */
    Optional<EngineArchive> archive(Release release) throws IOException;

    /** SHA-256 of the archive, in hex, where it can be had within seconds. */
    default Optional<String> checksum(Release release) throws IOException {
        return archive(release).map(EngineArchive::sha256);
    }
}
