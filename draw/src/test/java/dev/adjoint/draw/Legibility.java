package dev.adjoint.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.draw.Picture.Area;
import dev.adjoint.draw.Picture.Words;
import java.util.ArrayList;
import java.util.List;

/// What makes a picture legible: nothing lies on anything else.
final class Legibility {
    private final Picture picture;
    private final List<String> faults = new ArrayList<>();

    private Legibility(Picture picture) {
        this.picture = picture;
    }

    /// Checks words, shapes and wires against each other.
    static void check(String name, String svg) {
        Legibility legibility = new Legibility(Picture.of(svg));
        legibility.words();
        legibility.shapes();
        legibility.wires();
        assertThat(legibility.faults).as(name).isEmpty();
        assertThat(legibility.picture.words()).as(name).isNotEmpty();
    }

    /// Checks words against each other alone.
    static void checkWords(String name, String svg) {
        Legibility legibility = new Legibility(Picture.of(svg));
        legibility.words();
        assertThat(legibility.faults).as(name).isEmpty();
        assertThat(legibility.picture.words()).as(name).isNotEmpty();
    }

    private void words() {
        List<Words> words = picture.words();
        for (int i = 0; i < words.size(); i++) {
            expect(picture.canvas().contains(words.get(i).area()), words.get(i) + " leaves the canvas");
            for (Words other : words.subList(0, i)) {
                expect(!words.get(i).area().overlaps(other.area()), words.get(i) + " lies on " + other);
            }
        }
    }

    private void shapes() {
        List<Area> shapes = picture.shapes();
        for (int i = 0; i < shapes.size(); i++) {
            Area shape = shapes.get(i);
            expect(picture.canvas().contains(shape), shape + " leaves the canvas");
            for (Area other : shapes.subList(0, i)) {
                expect(!shape.overlaps(other), shape + " lies on " + other);
            }
            for (Words words : picture.words()) {
                expect(
                        !shape.overlaps(words.area()) || shape.contains(words.area()),
                        words + " crosses the border of " + shape);
            }
        }
    }

    private void wires() {
        List<List<Area>> wires = picture.wires().stream().map(Picture::pieces).toList();
        for (List<Area> wire : wires) {
            for (Area piece : wire) {
                expect(picture.canvas().contains(piece), piece + " leaves the canvas");
                picture.words().forEach(w -> expect(!piece.overlaps(w.area()), "a wire runs through " + w));
                // A wire ends on the round border, which is inside the area of the gate.
                picture.shapes().forEach(s -> expect(!piece.overlaps(s.shrunk(6)), "a wire runs through " + s));
            }
        }
        for (int i = 0; i < wires.size(); i++) {
            for (List<Area> other : wires.subList(0, i)) {
                parallel(wires.get(i), other);
            }
        }
    }

    /// Wires of different values may cross, but may not run on top of each other.
    private void parallel(List<Area> wire, List<Area> other) {
        for (Area a : wire) {
            for (Area b : other) {
                double width = Math.min(a.right(), b.right()) - Math.max(a.left(), b.left());
                double height = Math.min(a.bottom(), b.bottom()) - Math.max(a.top(), b.top());
                expect(width <= 0 || height <= 0 || Math.max(width, height) < 4, a + " runs along " + b);
            }
        }
    }

    private void expect(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
