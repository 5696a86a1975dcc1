package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import vowcheck.core.scoring.Scoring;

/// How the limits of one request fit each other. Those of functions, API and queue are compared with them where they
/// are set, in the CDK app's tests.
class LimitsTest {

    @Test
    void theTimeForStoringGrowsWithTheRowsUpToTheLargestBatch() {
        var limit = Wiring.DATABASE_LIMIT;

        assertThat(limit.of(1)).isEqualTo(limit.base());
        assertThat(limit.of(Scoring.MOST_INSTANCES))
                .isEqualTo(limit.of(Scoring.MOST_INSTANCES - 1).plus(limit.perRow()))
                .isLessThanOrEqualTo(limit.most());
    }

    /// Otherwise one row of a client that waits could have less time than the same row from the queue.
    @Test
    void relogGivesEveryNumberOfRowsMoreTimeThanAClientWaits() {
        var relog = Wiring.relogLimit(Duration.ofMinutes(14));

        assertThat(relog.base()).isGreaterThan(Wiring.DATABASE_LIMIT.base());
        assertThat(relog.perRow()).isGreaterThan(Wiring.DATABASE_LIMIT.perRow());
    }
}
