package vowcheck.training.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vowcheck.adapters.deployment.DeployedContainer;
import vowcheck.adapters.s3.InMemoryS3;
import vowcheck.adapters.s3.S3Imports;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.imports.ImportId;
import vowcheck.core.imports.InMemoryRowsLoad;
import vowcheck.core.training.LabelledRowsUnavailable;
import vowcheck.core.workflow.WorkflowUnavailable;
import vowcheck.training.imports.ImportReport.Outcome;

class ImportMainTest {

    private static final ImportId ID = new ImportId("0b4bdb9c-4c6f-4c5e-9f3a-0d8d9b1f2a3c");
    private static final ImportOrder ORDER = new ImportOrder(Optional.empty(), false, Optional.empty(), 179);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-06-15T10:00:00Z"));

    private final S3Imports imports = new S3Imports(new InMemoryS3(), "models");

    @Test
    void theTaskDefinitionNamesThisProgram() {
        assertThat(DeployedContainer.IMPORT_PROGRAM).isEqualTo(ImportMain.class.getName());
    }

    @Test
    void whatBecameOfTheFileIsKept(@TempDir Path folder) throws IOException {
        imports.upload(ID, Files.writeString(folder.resolve("file"), "hello", UTF_8), ORDER.json());
        var rows = new RowsImport(InMemoryRowsLoad::new, FeatureSchema.CONTRACT, CLOCK);

        var report = ImportMain.run(rows, imports, ID);

        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(imports.report(ID).map(ImportReport::of)).hasValue(report);
        assertThat(ImportMain.exitCode(report)).isZero();
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsReported(@TempDir Path folder) throws IOException {
        imports.upload(ID, Files.writeString(folder.resolve("file"), "hello", UTF_8), ORDER.json());
        var rows = new RowsImport(
                () -> {
                    throw new LabelledRowsUnavailable("PostgreSQL did not answer, SQL state 08001");
                },
                FeatureSchema.CONTRACT,
                CLOCK);

        var report = ImportMain.run(rows, imports, ID);

        assertThat(report)
                .isEqualTo(ImportReport.failed("PostgreSQL did not answer, SQL state 08001; nothing was loaded"));
        assertThat(ImportMain.exitCode(report)).isEqualTo(1);
    }

    @Test
    void anImportThatNobodyUploadedIsNamed() {
        var rows = new RowsImport(InMemoryRowsLoad::new, FeatureSchema.CONTRACT, CLOCK);
        assertThatThrownBy(() -> ImportMain.run(rows, imports, ID))
                .isInstanceOf(WorkflowUnavailable.class)
                .hasMessageContaining("was not uploaded");
    }
}
