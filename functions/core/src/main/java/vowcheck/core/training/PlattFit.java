package vowcheck.core.training;

import vowcheck.core.model.Calibration;
import vowcheck.core.model.LogOdds;

/// Fits Platt's calibration by maximum likelihood: Newton's method with backtracking, on targets that a prior moves
/// slightly away from 0 and 1. Source: Lin, Lin and Weng, A Note on Platt's Probabilistic Outputs for
/// Support Vector Machines (2007), appendix C; their A and B are -slope and -intercept.
public final class PlattFit {

    private static final int MAX_STEPS = 100;
    private static final double LEAST_STEP = 1e-10;
    private static final double RIDGE = 1e-12;
    private static final double SMALL_GRADIENT = 1e-9;

    private PlattFit() {}

    /// The calibration of raw log-odds, parallel to their labels. Throws [InsufficientRows] when a
    /// label is missing, and [NotCalibratable] when the best slope is not positive.
    public static Calibration fit(double[] logOdds, boolean[] divorced) {
        if (logOdds.length != divorced.length) {
            throw new IllegalArgumentException(
                    "%d log-odds, expected one for each of %d labels".formatted(logOdds.length, divorced.length));
        }
        int positives = 0;
        for (boolean label : divorced) {
            positives += label ? 1 : 0;
        }
        int negatives = divorced.length - positives;
        if (positives == 0 || negatives == 0) {
            throw new InsufficientRows(
                    "%d of %d rows divorced, expected some of both labels".formatted(positives, divorced.length));
        }
        var targets = new double[divorced.length];
        for (int row = 0; row < targets.length; row++) {
            targets[row] = divorced[row] ? (positives + 1.0) / (positives + 2.0) : 1 / (negatives + 2.0);
        }
        return maximise(logOdds, targets, Math.log((positives + 1.0) / (negatives + 1.0)));
    }

    private static Calibration maximise(double[] logOdds, double[] targets, double startIntercept) {
        double slope = 0;
        double intercept = startIntercept;
        double loss = loss(logOdds, targets, slope, intercept);
        for (int step = 0; step < MAX_STEPS; step++) {
            double slopeGradient = 0;
            double interceptGradient = 0;
            double slopeCurvature = RIDGE;
            double interceptCurvature = RIDGE;
            double mixedCurvature = 0;
            for (int row = 0; row < targets.length; row++) {
                double probability = LogOdds.probability(slope * logOdds[row] + intercept);
                double residual = probability - targets[row];
                double weight = probability * (1 - probability);
                slopeGradient += residual * logOdds[row];
                interceptGradient += residual;
                slopeCurvature += weight * logOdds[row] * logOdds[row];
                interceptCurvature += weight;
                mixedCurvature += weight * logOdds[row];
            }
            double tolerance = SMALL_GRADIENT * targets.length;
            if (Math.abs(slopeGradient) < tolerance && Math.abs(interceptGradient) < tolerance) {
                return positive(slope, intercept);
            }
            double determinant = slopeCurvature * interceptCurvature - mixedCurvature * mixedCurvature;
            double slopeStep = -(interceptCurvature * slopeGradient - mixedCurvature * interceptGradient) / determinant;
            double interceptStep = -(slopeCurvature * interceptGradient - mixedCurvature * slopeGradient) / determinant;
            double expectedGain = slopeGradient * slopeStep + interceptGradient * interceptStep;
            double part = 1;
            double newLoss = loss(logOdds, targets, slope + slopeStep, intercept + interceptStep);
            while (!(newLoss < loss + 1e-4 * part * expectedGain)) {
                part /= 2;
                if (part < LEAST_STEP) {
                    return positive(slope, intercept);
                }
                newLoss = loss(logOdds, targets, slope + part * slopeStep, intercept + part * interceptStep);
            }
            slope += part * slopeStep;
            intercept += part * interceptStep;
            loss = newLoss;
        }
        return positive(slope, intercept);
    }

    /// The negative log-likelihood, `Σ ln(1 + exp(z)) − target × z`, written so that no exponential overflows.
    private static double loss(double[] logOdds, double[] targets, double slope, double intercept) {
        double sum = 0;
        for (int row = 0; row < targets.length; row++) {
            double calibrated = slope * logOdds[row] + intercept;
            sum += Math.max(calibrated, 0) + Math.log1p(Math.exp(-Math.abs(calibrated))) - targets[row] * calibrated;
        }
        return sum;
    }

    private static Calibration positive(double slope, double intercept) {
        if (!(slope > 0)) {
            throw new NotCalibratable("the slope of the calibration is %s, expected more than 0".formatted(slope));
        }
        return new Calibration(slope, intercept);
    }
}
