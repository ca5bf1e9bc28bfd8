package io.otfd.ui.log;

import gg.jte.Content;
import gg.jte.TemplateOutput;

/** HTML that {@link LogLines} made, and that may stand in a page as it is. */
public record LogText(String html) implements Content {

    @Override
    public void writeTo(TemplateOutput output) {
        output.writeContent(html);
    }
}
