package vowcheck.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class BuiltCodeTest {

    @Test
    void theBuildHasWrittenItsReleaseAndCommitDown() {
        assertThat(BuiltCode.version().toString()).matches("\\d+\\.\\d+\\.\\d+(\\+[0-9a-f]{10})?");
    }

    @Test
    void aBuildWithoutGitHasNoCommit() {
        var properties = new Properties();
        properties.setProperty("release", "0.1.0");
        properties.setProperty("commit", "none");

        assertThat(BuiltCode.version(properties)).hasToString("0.1.0");
    }
}
