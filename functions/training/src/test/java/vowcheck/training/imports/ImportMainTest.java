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
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.quality.DataReport;
import vowcheck.core.quality.InMemoryDataReports;
import vowcheck.core.training.LabelledRowsUnavailable;
import vowcheck.core.workflow.WorkflowUnavailable;
import vowcheck.training.imports.ImportReport.Outcome;

class ImportMainTest {

    private static final ImportId ID = new ImportId("0b4bdb9c-4c6f-4c5e-9f3a-0d8d9b1f2a3c");
    private static final ImportOrder ORDER = new ImportOrder(Optional.empty(), false, Optional.empty(), 179);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-06-15T10:00:00Z"));

    private static final String HEADER = "index,Client_Income,Credit_Amount,Loan_Annuity,Age_Days,Employed_Days,"
            + "Registration_Days,ID_Days,Phone_Change,Credit_Bureau,Education_Days,Divorce,Date\n";
    private static final String ROW = "1,9000,40000.5,3000,10000,365243,5000,3000,0,1,4380,1,2025-06-01\n";

    private final S3Imports imports = new S3Imports(new InMemoryS3(), "models");
    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryDataReports reports = new InMemoryDataReports();
    private final ImportMain.Objects objects = new ImportMain.Objects(imports, models, reports);

    @Test
    void theTaskDefinitionNamesThisProgram() {
        assertThat(DeployedContainer.IMPORT_PROGRAM).isEqualTo(ImportMain.class.getName());
    }

    @Test
    void whatBecameOfTheFileIsKept(@TempDir Path folder) throws IOException {
        imports.upload(ID, Files.writeString(folder.resolve("file"), "hello", UTF_8), ORDER.json());
        var rows = new RowsImport(InMemoryRowsLoad::new, FeatureSchema.CONTRACT, CLOCK);

        var report = ImportMain.run(rows, objects, ID, CLOCK);

        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(imports.report(ID).map(ImportReport::of)).hasValue(report);
        assertThat(ImportMain.exitCode(report)).isZero();
    }

    @Test
    void whatTheRowsLookLikeIsReportedOnceTheyCanBeLoaded(@TempDir Path folder) throws IOException {
        models.promote(ModelFixtures.constant("7", 0.25));
        upload(folder, ROW + ROW.replaceFirst("1", "2"));

        assertThat(ImportMain.run(rows(), objects, ID, CLOCK).outcome()).isEqualTo(Outcome.LOADED);

        assertThat(reports.kept()).singleElement().satisfies(report -> {
            assertThat(report.occasion()).isEqualTo(DataReport.Occasion.IMPORT);
            assertThat(report.name()).isEqualTo(ID.value());
            assertThat(report.madeAt()).isEqualTo(CLOCK.instant());
            assertThat(report.rows()).isEqualTo(2);
            assertThat(report.positives()).isEqualTo(2);
            assertThat(report.recurringRows()).isEqualTo(2);
            assertThat(report.withoutEmployment()).isEqualTo(2);
            assertThat(report.comparison())
                    .hasValue(new DataReport.Comparison(new ModelVersion("7"), 2, Optional.empty()));
        });

        upload(folder, ROW.replace("9000", "-1"));
        assertThat(ImportMain.run(rows(), objects, ID, CLOCK).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(reports.kept()).hasSize(1);
    }

    @Test
    void rowsAreLoadedAlsoWithoutAModelAndWithoutAPlaceForTheReport(@TempDir Path folder) throws IOException {
        models.promoteUnusable("8");
        upload(folder, ROW);
        assertThat(ImportMain.run(rows(), objects, ID, CLOCK).outcome()).isEqualTo(Outcome.LOADED);
        assertThat(reports.kept().getFirst().comparison()).isEmpty();

        reports.lose();
        var report = ImportMain.run(rows(), objects, ID, CLOCK);
        assertThat(report.outcome()).isEqualTo(Outcome.LOADED);
        assertThat(imports.report(ID).map(ImportReport::of)).hasValue(report);
    }

    private static RowsImport rows() {
        return new RowsImport(InMemoryRowsLoad::new, FeatureSchema.CONTRACT, CLOCK);
    }

    private void upload(Path folder, String rows) throws IOException {
        imports.upload(ID, Files.writeString(folder.resolve("file"), HEADER + rows, UTF_8), ORDER.json());
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

        var report = ImportMain.run(rows, objects, ID, CLOCK);

        assertThat(report)
                .isEqualTo(ImportReport.failed("PostgreSQL did not answer, SQL state 08001; nothing was loaded"));
        assertThat(ImportMain.exitCode(report)).isEqualTo(1);
    }

    @Test
    void anImportThatNobodyUploadedIsNamed() {
        var rows = new RowsImport(InMemoryRowsLoad::new, FeatureSchema.CONTRACT, CLOCK);
        assertThatThrownBy(() -> ImportMain.run(rows, objects, ID, CLOCK))
                .isInstanceOf(WorkflowUnavailable.class)
                .hasMessageContaining("was not uploaded");
    }
}
