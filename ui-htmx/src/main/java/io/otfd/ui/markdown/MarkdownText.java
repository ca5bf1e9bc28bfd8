package io.otfd.ui.markdown;

import gg.jte.Content;
import gg.jte.TemplateOutput;

/** HTML that {@link Markdown} made, and that may stand in a page as it is. */
public record MarkdownText(String html) implements Content {

    @Override
    public void writeTo(TemplateOutput output) {
        output.writeContent(html);
    }
}
