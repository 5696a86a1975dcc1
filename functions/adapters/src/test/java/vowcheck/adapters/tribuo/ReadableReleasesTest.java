package vowcheck.adapters.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vowcheck.adapters.bundle.BaselineBundle;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.UnusableModel;

/// The evidence for each release that this build reads: a bundle that the release wrote, for which it found, with its
/// native code, the same probabilities as our reader. `model-artifacts/make-baseline.sh` builds it.
class ReadableReleasesTest {

    @ParameterizedTest
    @MethodSource("listed")
    void aBundleOfEachReleaseIsReadAndAnswersAsWhenItWasMade(String release) throws IOException {
        var bundle = ModelBundle.read(BaselineBundle.trainedBy(release), FeatureSchema.CURRENT);
        var manifest = bundle.manifest();
        assertThat(manifest.file().xgboostVersion()).isEqualTo(release);
        assertThat(TribuoModelFile.read(bundle.modelBytes(), FeatureSchema.CURRENT)
                        .xgboostVersion())
                .isEqualTo(release);
        assertThat(manifest.parity().rows()).isGreaterThan(40_000);
        assertThat(manifest.parity().largestDifference()).isLessThan(1e-6);
        assertThat(bundle.scoringModel().probability(manifest.smoke().application()))
                .isCloseTo(manifest.smoke().probability(), within(1e-9));
    }

    @Test
    void theRefusalNamesTheReleasesThatAreRead() {
        var readable = new ReadableReleases(List.of("3.0.4", "3.4.0"));
        readable.require("xgboost_version", "3.4.0");
        assertThatThrownBy(() -> readable.require("xgboost_version", "3.5.0"))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("xgboost_version is '3.5.0', expected one that this build reads: 3.0.4, 3.4.0");
    }

    private static Stream<String> listed() {
        return ReadableReleases.OF_THIS_BUILD.xgboost().stream();
    }
}
