package dev.adjoint.draw;

/// Colours that people with colour blindness tell apart (Okabe and Ito, 2008), dashed when they come round again.
///
/// @param stroke the colour
/// @param dashes the pattern of the line, in SVG's terms
record SeriesColour(String stroke, String dashes) {
    private static final String[] COLOURS = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"};
    private static final String[] DASHES = {"none", "6 3", "2 3", "8 3 2 3"};

    static SeriesColour of(int series) {
        return new SeriesColour(COLOURS[series % COLOURS.length], DASHES[series / COLOURS.length % DASHES.length]);
    }
}
