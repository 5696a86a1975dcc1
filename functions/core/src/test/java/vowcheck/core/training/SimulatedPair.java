package vowcheck.core.training;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The calibrated probabilities of two models on the same simulated rows. Label and scores come from one normal
/// distribution of three variables: a row is positive where a latent risk exceeds a threshold, and a model
/// sees the risk as well as its score correlates with it. One row in ten is another application of an earlier
/// person, with the former label in four of five cases, as in the synthetic population.
/// Ages are drawn independently of everything else.
final class SimulatedPair {

    private static final double REPEATED = 0.1;
    private static final double SAME_LABEL = 0.8;

    private final ComparedRows rows;
    private final double[] challenger;
    private final double[] champion;

    private SimulatedPair(ComparedRows rows, double[] challenger, double[] champion) {
        this.rows = rows;
        this.challenger = challenger;
        this.champion = champion;
    }

    ComparedRows rows() {
        return rows;
    }

    double[] challenger() {
        return challenger;
    }

    double[] champion() {
        return champion;
    }

    /// What is simulated.
    ///
    /// @param rows how many
    /// @param positives the expected share of them
    /// @param challengerSkill correlation of its score with the latent risk
    /// @param championSkill the same of the champion
    /// @param correlation of both scores
    record Setting(int rows, double positives, double challengerSkill, double championSkill, double correlation) {}

    static SimulatedPair of(Setting setting, long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int size = setting.rows();
        double threshold = quantile(1 - setting.positives());
        var divorced = new boolean[size];
        var person = new int[size];
        var ages = new byte[size];
        var challenger = new double[size];
        var champion = new double[size];
        var firstRow = new int[size];
        int people = 0;
        for (int row = 0; row < size; row++) {
            ages[row] = (byte) random.nextInt(3);
            if (people > 0 && random.nextDouble() < REPEATED) {
                int known = random.nextInt(people);
                int first = firstRow[known];
                person[row] = known;
                ages[row] = ages[first];
                challenger[row] = challenger[first];
                champion[row] = champion[first];
                divorced[row] =
                        random.nextDouble() < SAME_LABEL ? divorced[first] : random.nextDouble() < challenger[row];
                continue;
            }
            person[row] = people;
            firstRow[people] = row;
            people++;
            draw(setting, threshold, random, row, divorced, challenger, champion);
        }
        return new SimulatedPair(new ComparedRows(divorced, person, people, ages), challenger, champion);
    }

    private static void draw(
            Setting setting,
            double threshold,
            RandomGenerator random,
            int row,
            boolean[] divorced,
            double[] challenger,
            double[] champion) {
        double ours = random.nextGaussian();
        double theirs = setting.correlation() * ours
                + Math.sqrt(1 - setting.correlation() * setting.correlation()) * random.nextGaussian();
        // The latent risk, given both scores.
        double rest = 1 - setting.correlation() * setting.correlation();
        double a = (setting.challengerSkill() - setting.correlation() * setting.championSkill()) / rest;
        double b = (setting.championSkill() - setting.correlation() * setting.challengerSkill()) / rest;
        double explained = a * setting.challengerSkill() + b * setting.championSkill();
        double risk = a * ours + b * theirs + Math.sqrt(1 - explained) * random.nextGaussian();
        divorced[row] = risk > threshold;
        challenger[row] = probability(setting.challengerSkill(), ours, threshold);
        champion[row] = probability(setting.championSkill(), theirs, threshold);
    }

    /// That the latent risk exceeds the threshold, given a score: so the model is calibrated.
    private static double probability(double skill, double score, double threshold) {
        return cumulative((skill * score - threshold) / Math.sqrt(1 - skill * skill));
    }

    /// The standard normal distribution, within 8e-8. Source: Abramowitz and Stegun, Handbook of Mathematical
    /// Functions (1964), 26.2.17.
    private static double cumulative(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double tail = Math.exp(-z * z / 2)
                / Math.sqrt(2 * Math.PI)
                * t
                * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return z > 0 ? 1 - tail : tail;
    }

    private static double quantile(double share) {
        double low = -10;
        double high = 10;
        for (int step = 0; step < 60; step++) {
            double middle = (low + high) / 2;
            if (cumulative(middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
