package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.infra.data.DatabaseServer;

/// What functions and task definitions assume about the images and the zips.
class ImagesTest {
    private static final Path CERTIFICATES = Path.of("../mlflow", DatabaseServer.CERTIFICATES);

    @ParameterizedTest
    @ValueSource(strings = {"../functions/training/Dockerfile", "../mlflow/Dockerfile"})
    void anImageHasItsOwnUserAndDeclaresTheVolumeTmp(String dockerfile) throws IOException {
        var lines = Files.readAllLines(Path.of(dockerfile));
        assertThat(lines.stream().filter(line -> line.startsWith("USER ")).reduce((first, last) -> last))
                .hasValueSatisfying(user -> assertThat(user).doesNotMatch("USER (root|0)(:.*)?\\s*"));
        // Fargate makes root the owner of a volume that the image does not declare.
        assertThat(lines).anyMatch(line -> line.matches("VOLUME .*/tmp\\b.*"));
    }

    /// As the deployment by GitHub Actions does, with a script in place of Docker.
    @ParameterizedTest
    @CsvSource({"0, sha256:", "1, sha512:"})
    void theBasesOfBothImagesCanBePinnedByDigest(int exitCode, String algorithm, @TempDir Path root)
            throws IOException {
        var digest = algorithm + "ab12".repeat(16);
        var docker = Files.createDirectories(root.resolve("bin")).resolve("docker");
        Files.writeString(docker, "#!/bin/sh\necho " + digest + "\n");
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwx------"));
        for (var file : List.of("infra-cdk/pin-images", "functions/training/Dockerfile", "mlflow/Dockerfile")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.copy(Path.of("..", file), root.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        for (int run = 1; run <= 2; run++) { // the second one finds a digest
            var said = ToolOutput.of(
                    Files.createFile(root.resolve("nothing" + run)),
                    List.of(
                            "env",
                            "PATH=%s:%s".formatted(docker.getParent(), System.getenv("PATH")),
                            root.resolve("infra-cdk/pin-images").toString()));
            assertThat(said.exitCode()).as(said.text()).isEqualTo(exitCode);
        }
        for (var dockerfile : List.of("functions/training/Dockerfile", "mlflow/Dockerfile")) {
            var before = Files.readString(Path.of("..", dockerfile));
            assertThat(before).containsPattern("(?m)^ARG (\\w+)=(\\S+)\nFROM \\$\\{\\1}$");
            assertThat(Files.readString(root.resolve(dockerfile)))
                    .isEqualTo(exitCode == 0 ? before.replaceFirst("(?m)^ARG \\S+", "$0@" + digest) : before);
        }
    }

    @Test
    void theCertificateAuthoritiesAreThoseOfTheStagesRegion() throws Exception {
        var region = Synthesized.of("prod").stage().environment().getRegion();
        try (var file = Files.newInputStream(CERTIFICATES)) {
            assertThat(CertificateFactory.getInstance("X.509").generateCertificates(file))
                    .hasSize(3)
                    .allSatisfy(certificate -> {
                        var authority = (X509Certificate) certificate;
                        assertThat(authority.getSubjectX500Principal().getName())
                                .contains("CN=Amazon RDS " + region + " Root CA ");
                        assertThat(authority.getNotAfter()).isAfter(Date.from(Instant.parse("2061-01-01T00:00:00Z")));
                        authority.verify(authority.getPublicKey());
                    });
        }
    }

    @Test
    void theCertificateAuthoritiesAreWhereTheSettingsSay() throws IOException {
        assertThat(told("AWS::Lambda::Function", "MigrationsMigrate", "Environment", "Variables"))
                .contains("/var/task/" + DatabaseServer.CERTIFICATES);
        assertThat(Files.readString(Path.of("../functions/lambda/src/assembly/functions.xml")))
                .contains("<source>../../mlflow/" + DatabaseServer.CERTIFICATES + "</source>");
        assertThat(told("AWS::ECS::TaskDefinition", "TrainingWorkflow", "ContainerDefinitions"))
                .contains("/training/classes/" + DatabaseServer.CERTIFICATES);
        assertThat(Files.readString(Path.of("../functions/training/Dockerfile")))
                .contains("WORKDIR /training", "COPY target/classes classes");
        assertThat(Files.readString(Path.of("../functions/training/pom.xml")))
                .contains("<include>" + DatabaseServer.CERTIFICATES + "</include>");
        assertThat(told("AWS::ECS::TaskDefinition", "ExperimentTracking", "ContainerDefinitions"))
                .contains("/opt/mlflow/" + DatabaseServer.CERTIFICATES);
        assertThat(Files.readString(Path.of("../mlflow/Dockerfile")))
                .contains(DatabaseServer.CERTIFICATES + " /opt/mlflow/" + DatabaseServer.CERTIFICATES);
    }

    private static String told(String type, String logicalIdStart, String... place) {
        return String.valueOf(Synthesized.of("prod")
                .resource(type, logicalIdStart)
                .properties()
                .at(place)
                .value());
    }
}
