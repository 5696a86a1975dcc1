package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the task definitions take for granted of the images.
class ImagesTest {
    @ParameterizedTest
    @ValueSource(strings = {"../functions/training/Dockerfile", "../mlflow/Dockerfile"})
    void anImageHasAUserOfItsOwnWhoMayWriteToItsVolumeTmp(String dockerfile) throws IOException {
        var lines = Files.readAllLines(Path.of(dockerfile));
        assertThat(lines.stream().filter(line -> line.startsWith("USER ")).reduce((first, last) -> last))
                .hasValueSatisfying(user -> assertThat(user).doesNotMatch("USER (root|0)(:.*)?\\s*"));
        // Fargate gives a volume that the image does not declare to root.
        assertThat(lines).anyMatch(line -> line.matches("VOLUME .*/tmp\\b.*"));
    }
}
