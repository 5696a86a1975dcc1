package vowcheck.core.model;

/// The points and weights of Gauss–Legendre quadrature on [0, 1]: `n` points integrate every polynomial of a
/// degree up to 2n − 1 exactly, but for rounding. Source: NIST Digital Library of Mathematical Functions,
/// section 3.5(v). Immutable and thread-safe.
final class GaussLegendre {

    private final double[] points;
    private final double[] weights;

    /// A rule of that many points, at least 1.
    GaussLegendre(int size) {
        points = new double[size];
        weights = new double[size];
        for (int index = 0; index < size; index++) {
            double root = Math.cos(Math.PI * (index + 0.75) / (size + 0.5));
            double slope;
            double step;
            do {
                double last = 1;
                double value = root;
                for (int degree = 2; degree <= size; degree++) {
                    double next = ((2 * degree - 1) * root * value - (degree - 1) * last) / degree;
                    last = value;
                    value = next;
                }
                slope = size * (root * value - last) / (root * root - 1);
                step = value / slope;
                root -= step;
            } while (Math.abs(step) > 1e-15);
            points[index] = (1 + root) / 2;
            weights[index] = 1 / ((1 - root * root) * slope * slope);
        }
    }

    int size() {
        return points.length;
    }

    double point(int index) {
        return points[index];
    }

    double weight(int index) {
        return weights[index];
    }
}
