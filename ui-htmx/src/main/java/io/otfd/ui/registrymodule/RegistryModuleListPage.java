package io.otfd.ui.registrymodule;

import io.otfd.ui.Badge;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

/** @param form of a new version; empty for those who may not manage modules */
public record RegistryModuleListPage(
        Frame frame, String url, String search, List<Row> rows, Paging paging, Optional<Filled> form) {

    public RegistryModuleListPage {
        rows = List.copyOf(rows);
    }

    /** @param version the newest that can be used, or what is the matter */
    public record Row(String name, String url, String namespace, String provider, Badge version, Moment updatedAt) {}
}
