package io.otfd.ui.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Markdown of people as HTML. HTML inside it is shown as text, links lead to other sites only, and images are links to them:
 * a page of ours asks no other site for anything.
 */
public final class Markdown {

    /** Below the headings of the page around it. */
    private static final int HEADINGS_BELOW = 2;

    private static final int LOWEST = 6;
    private static final Pattern ELSEWHERE = Pattern.compile("(?i)(?:https?://|mailto:).*");
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();

    private Markdown() {}

    public static MarkdownText render(String markdown) {
        Node document = PARSER.parse(markdown);
        Found found = new Found();
        document.accept(found);
        found.headings.forEach(heading -> heading.setLevel(Math.min(LOWEST, heading.getLevel() + HEADINGS_BELOW)));
        found.images.forEach(image -> replace(image, new Link(image.getDestination(), image.getTitle())));
        Found links = new Found();
        document.accept(links);
        links.links.stream()
                .filter(link -> !ELSEWHERE.matcher(link.getDestination()).matches())
                .forEach(Markdown::unwrap);
        return new MarkdownText(RENDERER.render(document));
    }

    private static void replace(Node before, Node after) {
        moveChildren(before, after);
        if (after.getFirstChild() == null) {
            after.appendChild(new Text("image"));
        }
        before.insertAfter(after);
        before.unlink();
    }

    private static void moveChildren(Node from, Node to) {
        for (Node child = from.getFirstChild(); child != null; child = from.getFirstChild()) {
            to.appendChild(child);
        }
    }

    /** What leads somewhere in a repository leads nowhere here: its words stay. */
    private static void unwrap(Link link) {
        for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
            link.insertBefore(child);
        }
        link.unlink();
    }

    private static final class Found extends AbstractVisitor {
        private final List<Heading> headings = new ArrayList<>();
        private final List<Image> images = new ArrayList<>();
        private final List<Link> links = new ArrayList<>();

        @Override
        public void visit(Heading heading) {
            headings.add(heading);
            visitChildren(heading);
        }

        @Override
        public void visit(Image image) {
            images.add(image);
            visitChildren(image);
        }

        @Override
        public void visit(Link link) {
            links.add(link);
            visitChildren(link);
        }
    }
}
