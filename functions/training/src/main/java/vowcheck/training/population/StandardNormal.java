package vowcheck.training.population;

import java.util.random.RandomGenerator;

/// The standard normal distribution, computed with [StrictMath] so that every platform gets the same population.
final class StandardNormal {

    private final RandomGenerator random;

    StandardNormal(RandomGenerator random) {
        this.random = random;
    }

    /// Fills an array with independent draws. They are drawn in pairs; of an odd number, the last one's pair is
    /// dropped. Source: Box and Muller, A Note on the Generation of Random Normal Deviates (1958);
    /// [RandomGenerator#nextGaussian] may change with the JDK.
    void fill(double[] draws) {
        for (int index = 0; index < draws.length; index += 2) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            double angle = 2 * Math.PI * random.nextDouble();
            draws[index] = radius * StrictMath.cos(angle);
            if (index + 1 < draws.length) {
                draws[index + 1] = radius * StrictMath.sin(angle);
            }
        }
    }

    /// The cumulative distribution function, with an error below 1e-14. Source: Hart, Computer Approximations
    /// (1968), algorithm 5666, as given in West, Better Approximations to Cumulative Normal Functions (2005).
    static double cumulative(double z) {
        double size = Math.abs(z);
        if (size > 37) {
            return z > 0 ? 1 : 0;
        }
        double density = StrictMath.exp(-size * size / 2);
        double tail;
        if (size < 7.07106781186547) {
            double above = 3.52624965998911e-2 * size + 0.700383064443688;
            above = above * size + 6.37396220353165;
            above = above * size + 33.912866078383;
            above = above * size + 112.079291497871;
            above = above * size + 221.213596169931;
            above = above * size + 220.206867912376;
            double below = 8.83883476483184e-2 * size + 1.75566716318264;
            below = below * size + 16.064177579207;
            below = below * size + 86.7807322029461;
            below = below * size + 296.564248779674;
            below = below * size + 637.333633378831;
            below = below * size + 793.826512519948;
            below = below * size + 440.413735824752;
            tail = density * above / below;
        } else {
            double fraction = size + 1 / (size + 2 / (size + 3 / (size + 4 / (size + 0.65))));
            tail = density / fraction / 2.506628274631;
        }
        return z > 0 ? 1 - tail : tail;
    }
}
