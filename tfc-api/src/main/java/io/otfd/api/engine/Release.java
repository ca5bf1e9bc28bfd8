package io.otfd.api.engine;

import io.otfd.agent.protocol.Product;
import io.otfd.workspace.Engine;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One version of an engine for one platform.
 *
 * @param version exact
 * @param platform such as {@code linux_amd64}
 */
public record Release(Product product, String version, String platform) {

    private static final Pattern ARCHIVE = Pattern.compile(
            "(terraform|tofu)_(\\d+\\.\\d+\\.\\d+(?:-[0-9A-Za-z.-]+)?)_([a-z0-9]{1,16}_[a-z0-9]{1,16})\\.zip");

    /** Empty where there cannot be one: a constraint is no version, and an agent may call its platform anything. */
    public static Optional<Release> of(Engine engine, String version, String platform) {
        return Product.of(engine.toString()).flatMap(product -> parse(product.archive(version, platform)));
    }

    /** @param archive a file's name */
    static Optional<Release> parse(String archive) {
        Matcher parts = ARCHIVE.matcher(archive);
        return parts.matches()
                ? Product.of(parts.group(1)).map(product -> new Release(product, parts.group(2), parts.group(3)))
                : Optional.empty();
    }

    /** Name of its archive. */
    public String archive() {
        return product.archive(version, platform);
    }
}
