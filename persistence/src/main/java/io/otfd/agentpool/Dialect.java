package io.otfd.agentpool;

import java.util.Locale;

/** Which protocol an agent speaks. */
public enum Dialect {
    /** That of HCP Terraform's agents, with our extensions or without. */
    TFC,
    /** That of OTF's. */
    OTF;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Dialect of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
