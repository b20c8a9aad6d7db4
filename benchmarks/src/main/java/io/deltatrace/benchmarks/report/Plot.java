package io.deltatrace.benchmarks.report;

import io.deltatrace.benchmarks.peers.Peer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The times of all peers as dots on a logarithmic scale, where bars would have no foot to stand on; an SVG document. */
record Plot(Results results, int users) {

    private static final int LEFT = 350;
    private static final int RIGHT = 1_000;
    private static final int TOP = 70;
    private static final int LINE = 26;
    /** Powers of ten of µs. */
    private static final int SMALLEST = -3;

    private static final int LARGEST = 7;

    /** DeltaTrace stands out; the others are apart from each other by hue and lightness. */
    private static final Map<Peer, String> COLOURS = new EnumMap<>(Map.of(
            Peer.PLAIN, "#222222",
            Peer.COPIES, "#888888",
            Peer.DOCUMENTS, "#d62728",
            Peer.OBJECTS, "#ff9896",
            Peer.CQENGINE, "#1f77b4",
            Peer.NITRITE, "#9467bd",
            Peer.H2, "#2ca02c",
            Peer.KEY_VALUE, "#bcbd22",
            Peer.MAPS, "#8c564b"));

    String svg() {
        List<Row> rows = Row.ALL.stream()
                .filter(row -> !row.benchmark().startsWith("heap")
                        && results.of(row.benchmark(), Peer.DOCUMENTS, users).isPresent())
                .toList();
        int bottom = TOP + rows.size() * LINE;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"13\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
                RIGHT + 30,
                bottom + 40));
        legend(svg);
        for (int power = SMALLEST; power <= LARGEST; power++) {
            double x = x(Math.pow(10, power));
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#dddddd\"/>\n",
                    x,
                    TOP,
                    x,
                    bottom));
            text(svg, x, bottom + 18, "middle", label(power));
        }
        for (int i = 0; i < rows.size(); i++) {
            double y = TOP + (i + 0.5) * LINE;
            text(svg, LEFT - 14, y + 4, "end", rows.get(i).title());
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#eeeeee\"/>\n",
                    LEFT,
                    y,
                    RIGHT,
                    y));
            for (Peer peer : Peer.values()) {
                Optional<Measurement> measured = results.of(rows.get(i).benchmark(), peer, users);
                if (measured.isPresent()) {
                    dot(svg, x(measured.get().median()), y, peer);
                }
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private void legend(StringBuilder svg) {
        int place = 0;
        for (Peer peer : Peer.values()) {
            if (results.of("lookUp", peer, users).isPresent()) {
                double x = 20 + (place % 5) * 200;
                double y = 22 + (place / 5) * 22;
                dot(svg, x, y, peer);
                text(svg, x + 12, y + 4, "start", peer.title());
                place++;
            }
        }
    }

    private static String label(int power) {
        if (power >= 6) {
            return Math.round(Math.pow(10, power - 6)) + " s";
        }
        if (power >= 3) {
            return Math.round(Math.pow(10, power - 3)) + " ms";
        }
        return power >= 0 ? Math.round(Math.pow(10, power)) + " µs" : Math.round(Math.pow(10, power + 3)) + " ns";
    }

    private static double x(double micros) {
        double power = Math.max(SMALLEST, Math.min(LARGEST, Math.log10(micros)));
        return LEFT + (power - SMALLEST) / (LARGEST - SMALLEST) * (RIGHT - LEFT);
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#222222\">%s</text>\n",
                x,
                y,
                anchor,
                words));
    }

    private static void dot(StringBuilder svg, double x, double y, Peer peer) {
        svg.append(String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"6\" fill=\"%s\" fill-opacity=\"0.85\"/>\n",
                x,
                y,
                COLOURS.get(peer)));
    }
}
