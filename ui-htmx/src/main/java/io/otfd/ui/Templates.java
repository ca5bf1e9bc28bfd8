package io.otfd.ui;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import gg.jte.output.Utf8ByteOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Renders the precompiled templates; values are escaped by where they stand. */
public final class Templates {

    private static final String PACKAGE = "io.otfd.ui.templates";

    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Templates.class.getClassLoader(), PACKAGE);

    byte[] bytes(String name, Object model) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        engine.render(name + ".jte", model, output);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(output.getContentLength());
        try {
            output.writeTo(bytes::write);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @param name path below {@code src/main/jte}, without suffix */
    public String text(String name, Object model) {
        StringOutput output = new StringOutput();
        engine.render(name + ".jte", model, output);
        return output.toString();
    }
}
