package io.otfd.ui.workspace;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import java.util.List;

/**
 * @param tags flat ones
 * @param writes the visitor may change them
 * @param inherited bindings of the project
 * @param bindings of the workspace itself, one a line
 */
public record TagsPage(
        Frame frame,
        String url,
        List<Frame.Item> tabs,
        boolean writes,
        List<String> tags,
        Filled form,
        List<String> inherited,
        Filled bindings,
        String edition) {

    public TagsPage {
        tabs = List.copyOf(tabs);
        tags = List.copyOf(tags);
        inherited = List.copyOf(inherited);
    }
}
