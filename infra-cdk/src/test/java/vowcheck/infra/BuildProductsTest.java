package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.infra.stage.ContextValues;

/// Nothing is deployed that was not built, or was built from other sources.
class BuildProductsTest {
    private static final Instant WRITTEN = Instant.parse("2025-01-01T08:00:00Z");
    private static final Instant BUILT = Instant.parse("2025-01-01T09:00:00Z");
    private static final Instant CHANGED = Instant.parse("2025-01-01T10:00:00Z");

    @TempDir
    private Path root;

    @BeforeEach
    void build() throws IOException {
        for (var source : new String[] {
            "pom.xml",
            "initdb/V1__tables.sql",
            "functions/core/pom.xml",
            "functions/core/src/main/java/Core.java",
            "functions/adapters/pom.xml",
            "functions/adapters/src/main/java/Adapter.java",
            "functions/lambda/pom.xml",
            "functions/lambda/src/main/java/Handler.java",
            "functions/training/pom.xml",
            "functions/training/src/main/java/Training.java",
            "infra-cdk/pom.xml",
            "infra-cdk/src/main/java/App.java",
            "mlflow/rds-eu-central-1.pem",
            "mlflow/start",
        }) {
            write(source, "source", WRITTEN);
        }
        write(
                "functions/training/Dockerfile",
                "FROM base\nCOPY target/lib lib\nCOPY target/classes classes\n",
                WRITTEN);
        write("mlflow/Dockerfile", "COPY --chmod=0444 rds-eu-central-1.pem start /opt/\n", WRITTEN);
        for (var product : new String[] {
            "functions/lambda/target/vowcheck-functions.zip",
            "functions/lambda/target/vowcheck-mlflow-functions.zip",
            "functions/training/target/classes/Training.class",
            "functions/training/target/lib/vowcheck-core-0.1.0.jar",
            "functions/training/target/lib/vowcheck-adapters-0.1.0.jar",
            "infra-cdk/target/vowcheck-infra-cdk.jar",
        }) {
            write(product, "product", BUILT);
        }
    }

    @Test
    void whatTheBuildHasMadeIsAccepted() {
        assertThatNoException().isThrownBy(() -> {
            products().requireComplete();
            products().requireCurrent();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "functions/lambda/target/vowcheck-functions.zip",
                "functions/lambda/target/vowcheck-mlflow-functions.zip",
                "functions/training/target/classes",
                "functions/training/target/lib",
                "functions/training/Dockerfile",
                "mlflow/start",
            })
    void aMissingProductIsRefusedWithTheCommandThatBuildsIt(String product) throws IOException {
        delete(root.resolve(product));
        assertThatIllegalArgumentException()
                .isThrownBy(products()::requireComplete)
                .withMessage("%s is missing or empty: build first, with '%s' in the repository's root"
                        .formatted(root.resolve(product), BuildProducts.BUILD));
    }

    @ParameterizedTest
    @CsvSource({
        "pom.xml, functions/lambda/target/vowcheck-functions.zip",
        "functions/core/src/main/java/Core.java, functions/lambda/target/vowcheck-functions.zip",
        "functions/lambda/src/main/java/Handler.java, functions/lambda/target/vowcheck-functions.zip",
        "initdb/V1__tables.sql, functions/lambda/target/vowcheck-functions.zip",
        "mlflow/rds-eu-central-1.pem, functions/lambda/target/vowcheck-functions.zip",
        "functions/training/pom.xml, functions/training/target/classes",
        "functions/training/src/main/java/Training.java, functions/training/target/classes",
        "infra-cdk/pom.xml, infra-cdk/target/vowcheck-infra-cdk.jar",
        "infra-cdk/src/main/java/App.java, infra-cdk/target/vowcheck-infra-cdk.jar",
    })
    void aSourceThatIsNewerThanWhatItBecomesIsNamed(String source, String product) throws IOException {
        write(source, "changed", CHANGED);
        refusesAsOlder(product, source);
    }

    @Test
    void theTrainingImageIsComparedWithTheVersionsOfItsLibraries() throws IOException {
        write("pom.xml", "changed", CHANGED);
        write("functions/lambda/target/vowcheck-functions.zip", "product", CHANGED);
        write("functions/lambda/target/vowcheck-mlflow-functions.zip", "product", CHANGED);
        refusesAsOlder("functions/training/target/classes", "pom.xml");
    }

    @Test
    void theAppIsComparedWithTheFunctionsThatItDeploys() throws IOException {
        write("functions/lambda/src/main/java/Handler.java", "changed", CHANGED);
        write("functions/lambda/target/vowcheck-functions.zip", "product", CHANGED);
        write("functions/lambda/target/vowcheck-mlflow-functions.zip", "product", CHANGED);
        refusesAsOlder("infra-cdk/target/vowcheck-infra-cdk.jar", "functions/lambda/src/main/java/Handler.java");
    }

    @Test
    void theLibrariesOfTheTrainingImageAreCompared() throws IOException {
        write("functions/adapters/src/main/java/Adapter.java", "changed", CHANGED);
        write("functions/lambda/target/vowcheck-functions.zip", "product", CHANGED);
        write("functions/lambda/target/vowcheck-mlflow-functions.zip", "product", CHANGED);
        refusesAsOlder(
                "functions/training/target/lib/vowcheck-adapters-0.1.0.jar",
                "functions/adapters/src/main/java/Adapter.java");
    }

    @Test
    void whatTheContextNamesMustExistAndMayBeOlder() throws IOException {
        write("elsewhere.zip", "product", WRITTEN);
        write("functions/core/src/main/java/Core.java", "changed", CHANGED);
        write("functions/training/target/lib/vowcheck-core-0.1.0.jar", "product", CHANGED);
        write("infra-cdk/target/vowcheck-infra-cdk.jar", "product", CHANGED);
        var elsewhere = root.resolve("elsewhere.zip").toString();
        var products =
                new BuildProducts(root, ContextValues.of(Map.of("functions", elsewhere, "mlflowFunctions", elsewhere)));
        assertThatNoException().isThrownBy(() -> {
            products.requireComplete();
            products.requireCurrent();
        });
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new BuildProducts(root, ContextValues.of(Map.of("functions", "none.zip"))).requireComplete())
                .withMessageStartingWith("none.zip is missing or empty: ");
    }

    @Test
    void theGuidesHaveTheCommandThatBuildsEverything() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains(BuildProducts.BUILD);
        assertThat(Files.readString(Path.of("../docs/deploying.md"))).contains(BuildProducts.BUILD);
    }

    private void refusesAsOlder(String product, String source) {
        assertThatIllegalArgumentException()
                .isThrownBy(products()::requireCurrent)
                .withMessage("%s is older than its source %s: build again, with '%s' in the repository's root"
                        .formatted(root.resolve(product), root.resolve(source), BuildProducts.BUILD));
    }

    private BuildProducts products() {
        return new BuildProducts(root, ContextValues.of(Map.of()));
    }

    private void write(String name, String text, Instant time) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    private static void delete(Path place) throws IOException {
        try (var all = Files.walk(place)) {
            for (var file : all.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
