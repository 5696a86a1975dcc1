package vowcheck.training.evaluation;

import java.util.Locale;

/// One chart as a picture in SVG, with both axes from 0. Titles are texts without markup. Not thread-safe.
final class SvgChart {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int LEFT = 80;
    private static final int RIGHT = 30;
    private static final int TOP = 50;
    private static final int BOTTOM = 70;

    /// About how many marks an axis has.
    private static final int MARKS = 5;

    private final double right;
    private final double top;
    private final StringBuilder body = new StringBuilder();

    /// @param right the largest value that is shown on the horizontal axis, above 0
    /// @param top the largest value that is shown on the vertical axis, above 0
    SvgChart(String title, String horizontal, String vertical, double right, double top) {
        this.right = right;
        this.top = top * 1.05;
        text(WIDTH / 2.0, TOP / 2.0 + 5, "middle", title, "font-size=\"18\"");
        text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 20, "middle", horizontal, "");
        double middle = (TOP + HEIGHT - BOTTOM) / 2.0;
        text(22, middle, "middle", vertical, "transform=\"rotate(-90 22 %s)\"".formatted(number(middle)));
        for (double mark = 0; mark <= this.right; mark += step(this.right)) {
            segment(x(mark), y(0), x(mark), TOP, "#e0e0e0", "");
            text(x(mark), y(0) + 20, "middle", label(mark), "");
        }
        for (double mark = 0; mark <= this.top; mark += step(this.top)) {
            segment(LEFT, y(mark), x(this.right), y(mark), "#e0e0e0", "");
            text(LEFT - 8, y(mark) + 5, "end", label(mark), "");
        }
    }

    /// A dashed line for comparison, with its meaning below its middle.
    void dashes(double x1, double y1, double x2, double y2, String meaning) {
        segment(x(x1), y(y1), x(x2), y(y2), "#808080", " stroke-dasharray=\"6 4\"");
        text(x((x1 + x2) / 2) + 12, y((y1 + y2) / 2) + 18, "start", meaning, "fill=\"#606060\"");
    }

    /// A line through points.
    void line(double[] xs, double[] ys) {
        body.append("<polyline fill=\"none\" stroke=\"#1f5fa8\" stroke-width=\"2\" points=\"");
        for (int point = 0; point < xs.length; point++) {
            body.append(number(x(xs[point])))
                    .append(',')
                    .append(number(y(ys[point])))
                    .append(' ');
        }
        body.append("\"/>\n");
    }

    /// Points by themselves.
    void dots(double[] xs, double[] ys) {
        for (int point = 0; point < xs.length; point++) {
            body.append("<circle cx=\"%s\" cy=\"%s\" r=\"4\" fill=\"#1f5fa8\"/>\n"
                    .formatted(number(x(xs[point])), number(y(ys[point]))));
        }
    }

    /// The whole picture.
    String svg() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
                font-family="sans-serif" font-size="14">
                <rect width="%1$d" height="%2$d" fill="white"/>
                %3$s</svg>
                """.formatted(WIDTH, HEIGHT, body);
    }

    private double x(double value) {
        return LEFT + value / right * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM);
    }

    /// 1, 2 or 5 times a power of ten.
    private static double step(double range) {
        double power = Math.pow(10, Math.floor(Math.log10(range / MARKS)));
        double multiple = range / MARKS / power;
        return power * (multiple <= 1 ? 1 : multiple <= 2 ? 2 : multiple <= 5 ? 5 : 10);
    }

    private void segment(double x1, double y1, double x2, double y2, String colour, String more) {
        body.append("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"%s/>\n"
                .formatted(number(x1), number(y1), number(x2), number(y2), colour, more));
    }

    private void text(double x, double y, String anchor, String text, String more) {
        body.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" %s>%s</text>\n"
                .formatted(number(x), number(y), anchor, more, text));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String label(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "");
    }
}
