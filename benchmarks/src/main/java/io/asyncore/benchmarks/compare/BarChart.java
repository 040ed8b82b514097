package io.asyncore.benchmarks.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Groups of horizontal bars with a line at 1, as SVG. Each name has one colour throughout. Not safe for threads. */
final class BarChart {

    /** Told apart by those who see colours differently, too. */
    private static final List<String> COLOURS =
            List.of("#999999", "#d55e00", "#56b4e9", "#0072b2", "#009e73", "#cc79a7");

    private static final int LABELS = 130;
    private static final int BARS = 560;
    private static final int FIGURES = 50;
    private static final int BAR = 16;
    private static final int GAP = 34;
    private static final int TOP = 40;

    private record Group(String title, List<Bar> bars) {}

    private record Bar(String name, double value) {}

    private final String title;
    private final List<Group> groups = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();

    BarChart(String title) {
        this.title = title;
    }

    /** Begins a group. */
    void group(String heading) {
        groups.add(new Group(heading, new ArrayList<>()));
    }

    /** Adds a bar to the last group. */
    void bar(String name, double value) {
        names.add(name);
        groups.get(groups.size() - 1).bars().add(new Bar(name, value));
    }

    String svg() {
        double longest = groups.stream()
                .flatMap(group -> group.bars().stream())
                .mapToDouble(Bar::value)
                .reduce(1, Math::max);
        StringBuilder body = new StringBuilder();
        text(body, 0, 20, "font-weight=\"bold\"", title);
        int y = TOP;
        for (Group group : groups) {
            text(body, LABELS, y + 12, "font-weight=\"bold\"", group.title());
            y += 18;
            int start = y;
            for (Bar bar : group.bars()) {
                draw(body, bar, y, bar.value() / longest * BARS);
                y += BAR;
            }
            line(body, LABELS + BARS / longest, start, y);
            y += GAP - 18;
        }
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n%3$s</svg>%n",
                LABELS + BARS + FIGURES,
                y,
                body);
    }

    private void draw(StringBuilder body, Bar bar, int y, double width) {
        String colour = COLOURS.get(List.copyOf(names).indexOf(bar.name()) % COLOURS.size());
        text(body, LABELS - 6, y + 12, "text-anchor=\"end\"", bar.name());
        body.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                LABELS,
                y + 1,
                width,
                BAR - 2,
                colour));
        text(body, LABELS + width + 5, y + 12, "", String.format(Locale.ROOT, "%.2f", bar.value()));
    }

    private static void line(StringBuilder body, double x, int from, int to) {
        body.append(String.format(
                Locale.ROOT,
                "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"black\" stroke-dasharray=\"3 3\"/>%n",
                x,
                from,
                to));
    }

    private static void text(StringBuilder body, double x, int y, String attributes, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        body.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\" %s>%s</text>%n", x, y, attributes, escaped));
    }
}
