package io.otfd.ui.sshkey;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

/** @param form of a new key; empty for those who may not change keys */
public record SshKeysPage(Frame frame, String url, List<Row> rows, Paging paging, Optional<Filled> form) {

    public SshKeysPage {
        rows = List.copyOf(rows);
    }

    public record Row(String name, String id, String url) {}
}
