package dev.adjoint.draw.svg;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// An SVG document being written: self-contained, white, without scripts, styles or links, so that it can stand alone
/// or inside a page.
public final class Svg {
    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /// Starts a document.
    ///
    /// @param size the lower right corner
    /// @param title what is drawn, in a few words
    /// @param description the same for those who cannot see it
    public Svg(Point size, String title, String description) {
        text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        double width = Math.ceil(size.x());
        double height = Math.ceil(size.y());
        String box = "0 0 " + NumberText.coordinate(width) + " " + NumberText.coordinate(height);
        start("svg", "xmlns", "http://www.w3.org/2000/svg", "width", width, "height", height, "viewBox", box);
        text.append(" role=\"img\" font-family=\"sans-serif\">\n");
        open.push("svg");
        words("title", title);
        words("desc", description);
        element("rect", "width", width, "height", height, "fill", "white");
    }

    /// An element without content; attributes are names and values in turn.
    public Svg element(String name, Object... attributes) {
        start(name, attributes);
        text.append("/>\n");
        return this;
    }

    /// An element with the content that is written until it is closed.
    public Svg open(String name, Object... attributes) {
        start(name, attributes);
        text.append(">");
        open.push(name);
        return this;
    }

    /// Ends the element opened last.
    public Svg close() {
        text.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /// A group of elements that shows words when the mouse rests on it.
    public Svg group(String tooltip) {
        open("g");
        words("title", tooltip);
        return this;
    }

    /// Words on a line; their anchor stands at the point, which is on the base line.
    public Svg text(Point at, String words, TextStyle style) {
        String anchor = style.anchor().name().toLowerCase(Locale.ROOT);
        open("text", "x", at.x(), "y", at.y(), "font-size", style.size(), "fill", style.fill(), "text-anchor", anchor);
        text.append(escape(words));
        return close();
    }

    /// A line through points with its corners rounded.
    public Svg path(List<Point> points, double radius, String stroke) {
        return paths(List.of(points), radius, stroke);
    }

    /// Several lines in one, painted once where they cover each other.
    public Svg paths(List<List<Point>> courses, double radius, String stroke) {
        String data = courses.stream()
                .map(points -> RoundedPath.through(points, radius))
                .collect(Collectors.joining(" "));
        return element("path", "d", data, "fill", "none", "stroke", stroke, "stroke-width", 1.4);
    }

    /// The head of an arrow to the right that ends at a point.
    public Svg arrowHead(Point tip, String fill) {
        String course = RoundedPath.through(List.of(tip.plus(-10, -5), tip, tip.plus(-10, 5)), 0);
        return element("path", "d", course + " Z", "fill", fill);
    }

    private void words(String element, String words) {
        open(element);
        text.append(escape(words));
        close();
    }

    private void start(String name, Object... attributes) {
        text.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            String words = value instanceof Number n ? NumberText.coordinate(n.doubleValue()) : value.toString();
            text.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escape(words))
                    .append('"');
        }
    }

    /// Words as XML: the four signs of markup are named, and characters that XML forbids become �.
    static String escape(String words) {
        StringBuilder escaped = new StringBuilder();
        words.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isXml(c) ? c : '\uFFFD');
            }
        });
        return escaped.toString();
    }

    private static boolean isXml(int c) {
        boolean control = c < 0x20 && c != '\t' && c != '\n';
        boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
        return !control && !surrogate && c != 0xFFFE && c != 0xFFFF;
    }

    /// The finished document.
    public String document() {
        while (!open.isEmpty()) {
            close();
        }
        return text.toString();
    }
}
