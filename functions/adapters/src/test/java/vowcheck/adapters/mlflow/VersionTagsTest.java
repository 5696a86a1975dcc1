package vowcheck.adapters.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vowcheck.core.model.VersionStatus;

class VersionTagsTest {

    @ParameterizedTest
    @CsvSource({
        "PROMOTED, production, promoted",
        "NOT_BETTER, rejected, kept",
        "NOT_COMPARABLE, rejected, not_comparable",
        "TAKEN_BACK, rejected, taken_back"
    })
    void aComparedVersionHasItsStatusAndTheResult(VersionStatus status, String value, String result) {
        assertThat(VersionTags.of(status)).isEqualTo(Map.of("status", value, "comparison_result", result));
    }

    @ParameterizedTest
    @CsvSource({"CANDIDATE, candidate", "REPLACED, deprecated", "REINSTATED, production"})
    void otherVersionsKeepTheResultOfTheirComparison(VersionStatus status, String value) {
        assertThat(VersionTags.of(status)).isEqualTo(Map.of("status", value));
    }

    @Test
    void theHashOfTheManifestKeepsItsKey() {
        // Versions that were registered earlier are promoted by it.
        assertThat(VersionTags.MANIFEST_HASH).isEqualTo("manifest_sha256");
    }
}
