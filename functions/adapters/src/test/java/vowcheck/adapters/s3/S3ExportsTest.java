package vowcheck.adapters.s3;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import vowcheck.core.export.ExportId;
import vowcheck.core.export.ExportState;
import vowcheck.core.export.ExportUnavailable;

class S3ExportsTest {

    private static final ExportId ID = new ExportId("20250601T101530Z-0123456789abcdef");
    private static final String FILE = "exports/20250601T101530Z-0123456789abcdef/predictions.csv.gz";

    private final InMemoryS3 s3 = new InMemoryS3();
    private final S3Exports exports = new S3Exports(s3, S3ExportsTest::signer, "bucket");

    @Test
    void everyStateIsReadAsItWasRecorded() {
        var states = List.of(
                new ExportState.Running(Instant.parse("2025-06-01T10:15:30.123Z")),
                new ExportState.Failed("PostgreSQL did not answer"),
                new ExportState.Done(1001, 40_000_000_000L));

        assertThat(states).allSatisfy(state -> {
            exports.record(ID, state);
            assertThat(exports.state(ID)).hasValue(state);
        });
    }

    @Test
    void anExportThatWasNeverOrderedHasNoState() {
        assertThat(exports.state(ID)).isEmpty();
    }

    @Test
    void theFileIsWhatWasWrittenCompressed() throws IOException {
        long bytes = exports.write(ID, csv -> {
            csv.accept("header\n".getBytes(StandardCharsets.UTF_8));
            csv.accept("row\n".getBytes(StandardCharsets.UTF_8));
        });

        assertThat(s3.objects().get(FILE)).hasSize((int) bytes);
        assertThat(written()).isEqualTo("header\nrow\n".getBytes(StandardCharsets.UTF_8));
        assertThat(s3.uploads()).isZero();
    }

    /// 20 MB that cannot be compressed, so three parts of at most 8 MiB.
    @Test
    void aLargeFileIsSentInParts() throws IOException {
        var piece = new byte[1_000_000];
        new Random(42).nextBytes(piece);

        long bytes = exports.write(ID, csv -> {
            for (int index = 0; index < 20; index++) {
                csv.accept(piece);
            }
        });

        long most = 8 * 1024 * 1024;
        assertThat(s3.parts()).containsExactly(most, most, bytes - 2 * most).allMatch(size -> size <= most);
        assertThat(written()).hasSize(20_000_000);
    }

    @Test
    void anExportThatFailsHalfWayLeavesNoFileAndNoParts() {
        assertThatThrownBy(() -> exports.write(ID, csv -> {
                    csv.accept(new byte[] {1});
                    throw new IllegalStateException("half-way");
                }))
                .hasMessage("half-way");

        assertThat(s3.objects()).isEmpty();
        assertThat(s3.uploads()).isZero();
    }

    @Test
    void anS3ThatDoesNotAnswerIsReported() {
        s3.reachable(false);

        assertThatThrownBy(() -> exports.state(ID)).isInstanceOf(ExportUnavailable.class);
        assertThatThrownBy(() -> exports.write(ID, _ -> {})).isInstanceOf(ExportUnavailable.class);
        assertThatThrownBy(() -> exports.record(ID, new ExportState.Done(1, 1))).isInstanceOf(ExportUnavailable.class);
    }

    @Test
    void aLinkIsSignedForItsTime() {
        assertThat(exports.link(ID, Duration.ofMinutes(15)))
                .contains("/" + FILE + "?")
                .contains("X-Amz-Expires=900")
                .contains("X-Amz-Signature=");
    }

    private byte[] written() throws IOException {
        try (var file = new GZIPInputStream(
                new ByteArrayInputStream(requireNonNull(s3.objects().get(FILE))))) {
            return file.readAllBytes();
        }
    }

    private static S3Presigner signer() {
        return S3Presigner.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
                .build();
    }
}
