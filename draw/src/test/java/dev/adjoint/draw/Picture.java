package dev.adjoint.draw;

import dev.adjoint.draw.svg.Point;
import dev.adjoint.draw.svg.TextWidth;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// What an SVG document shows, read back from its text by the JDK's XML parser.
///
/// @param canvas the whole
/// @param words words with the room they take
/// @param shapes the outlined boxes and gates
/// @param wires the corners of every line, one list for each stroke; the strokes of one path start at one place
record Picture(Area canvas, List<Words> words, List<Area> shapes, List<List<List<Point>>> wires) {
    record Words(String text, String fill, Area area) {}

    record Area(double left, double top, double right, double bottom) {
        boolean overlaps(Area other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }

        boolean contains(Area other) {
            return left <= other.left && other.right <= right && top <= other.top && other.bottom <= bottom;
        }

        Area shrunk(double by) {
            return new Area(left + by, top + by, right - by, bottom - by);
        }
    }

    static Picture of(String svg) {
        Element root = parse(svg);
        String[] box = root.getAttribute("viewBox").split(" ", 4);
        List<Words> words = elements(root, "text").map(Picture::words).toList();
        List<Area> shapes = elements(root, "rect")
                .filter(rect -> rect.hasAttribute("stroke"))
                .map(Picture::rectangle)
                .toList();
        List<List<List<Point>>> wires = elements(root, "path")
                .filter(path -> path.getAttribute("fill").equals("none"))
                .map(path -> strokes(path.getAttribute("d")))
                .toList();
        return new Picture(
                new Area(0, 0, Double.parseDouble(box[2]), Double.parseDouble(box[3])), words, shapes, wires);
    }

    static Element parse(String svg) {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError("not well-formed: " + svg, e);
        }
    }

    static Stream<Element> elements(Element root, String name) {
        NodeList list = root.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < list.getLength(); i++) {
            elements.add((Element) list.item(i));
        }
        return elements.stream();
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static Words words(Element text) {
        double size = number(text, "font-size");
        double width = TextWidth.of(text.getTextContent(), size);
        double left = number(text, "x")
                - switch (text.getAttribute("text-anchor")) {
                    case "start" -> 0;
                    case "middle" -> width / 2;
                    default -> width;
                };
        double base = number(text, "y");
        Area area = new Area(left, base - 0.76 * size, left + width, base + 0.2 * size);
        return new Words(text.getTextContent(), text.getAttribute("fill"), area);
    }

    private static Area rectangle(Element rect) {
        double x = number(rect, "x");
        double y = number(rect, "y");
        return new Area(x, y, x + number(rect, "width"), y + number(rect, "height"));
    }

    /// The corners of the strokes; a rounded corner is its control point, so the stroke is inside its hull.
    static List<List<Point>> strokes(String data) {
        return Arrays.stream(data.split("M", -1))
                .filter(stroke -> !stroke.isBlank())
                .map(stroke -> points(stroke.replaceAll("[LQ]", " ").trim().split("\\s+", -1)))
                .toList();
    }

    private static List<Point> points(String[] numbers) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < numbers.length; i += 2) {
            points.add(new Point(Double.parseDouble(numbers[i]), Double.parseDouble(numbers[i + 1])));
        }
        return points;
    }

    /// The straight pieces of the strokes of one path, as thin areas.
    static List<Area> pieces(List<List<Point>> strokes) {
        List<Area> pieces = new ArrayList<>();
        for (List<Point> points : strokes) {
            for (int i = 1; i < points.size(); i++) {
                Point a = points.get(i - 1);
                Point b = points.get(i);
                pieces.add(new Area(
                        Math.min(a.x(), b.x()) - 0.7,
                        Math.min(a.y(), b.y()) - 0.7,
                        Math.max(a.x(), b.x()) + 0.7,
                        Math.max(a.y(), b.y()) + 0.7));
            }
        }
        return pieces;
    }
}
