package io.otfd.ui.registrymodule;

import gg.jte.Content;
import io.otfd.ui.Badge;
import io.otfd.ui.Fact;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Moment;
import java.util.List;
import java.util.Optional;

/**
 * @param source lines of a configuration that uses the version shown
 * @param hint about its host; empty where it is as it is
 * @param form of another version; empty for those who may not manage modules, and of a public module
 * @param deleteUrl empty for those who may not
 * @param readme of the version shown; empty where it has none
 */
public record RegistryModulePage(
        Frame frame,
        String name,
        List<Fact> facts,
        String source,
        Optional<String> hint,
        List<Row> versions,
        String publishUrl,
        String provider,
        Optional<Filled> form,
        Optional<String> deleteUrl,
        Optional<String> shown,
        Optional<Content> readme) {

    public RegistryModulePage {
        facts = List.copyOf(facts);
        versions = List.copyOf(versions);
    }

    /**
     * @param current it is the one shown
     * @param error why the archive was refused; empty when it was not
     */
    public record Row(
            String version,
            String url,
            boolean current,
            Badge status,
            String error,
            String commit,
            Moment createdAt,
            Optional<String> deleteUrl) {}
}
