package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The running system's pages in a real browser, behind API Gateway and the authorizer and under the browser's own
/// security rules. `launcher/target/pages` has a screenshot of each. A long test, run only by `./vowcheck test --all`.
@Tag("long")
@ExtendWith(RunningSystem.class)
@Order(2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesIT {

    private final LocalSystem system;
    private final String mlflow;
    private Chromium browser;

    PagesIT(LocalSystem system) {
        this.system = system;
        this.mlflow = system.status().text("mlflow_url");
    }

    @BeforeAll
    void login() {
        browser = new Chromium(Path.of("target", "pages"));
        browser.login(
                URI.create(mlflow + "health"),
                system.status().text("operator_user"),
                system.status().text("operator_password"));
    }

    @AfterAll
    void quit() {
        browser.close();
    }

    @BeforeEach
    void forgetComplaints() {
        browser.complaints();
    }

    @AfterEach
    void keepPicture(TestInfo test) {
        browser.picture(test.getTestMethod().orElseThrow().getName());
    }

    @Test
    void theBareAddressShowsTheRuns() {
        openRuns();

        assertThat(browser.address()).startsWith(mlflow + "#/experiments/1").contains("workflowType=machine_learning");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theAddressWithoutASlashShowsThem() {
        browser.open(mlflow.replaceFirst("/$", ""), "divorce", "Run Name", "v1 · cutoff 2025-05-01 · promoted");

        assertThat(browser.address()).startsWith(mlflow + "#/experiments/1");
    }

    /// The browser is another one: it has kept no file.
    @Test
    void theFirstViewAfterIdlingHasNoError() {
        browser.close();
        login();
        new IdleAuthorizer(system).end();
        browser.statuses();

        openRuns();

        assertThat(browser.statuses())
                .hasSizeGreaterThan(40)
                .allSatisfy(status -> assertThat(status).isLessThan(400));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aRunHasItsFigures() {
        openRun();

        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aRunHasPlots() {
        openRun();

        browser.click("Model metrics", "average_precision", "average_precision_new_people", "brier_score");

        assertThat(browser.awaitDrawn(".main-svg")).isPositive();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aRunHasItsFiles() {
        openRun();

        browser.click("Artifacts", "feature_importance.json", "model");
        browser.click("feature_importance.json", "Age_Days");
        browser.click("model_card.md", "Figures on the test rows");

        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void versionsHaveTheirAliases() {
        browser.open(mlflow + "#/models/divorce-model", "Version 1", "@ production");

        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theApiDocumentsItself() {
        browser.open(URI.create(mlflow).resolve("../docs").toString(), "/batch_predict", "/model-info");

        assertThat(browser.complaints()).isEmpty();
    }

    private void openRuns() {
        browser.open(mlflow, "divorce", "Run Name", "v1 · cutoff 2025-05-01 · promoted");
    }

    private void openRun() {
        openRuns();
        browser.click("v1 · cutoff 2025-05-01 · promoted", "Parameters", "average_precision", "colsample_bytree");
    }
}
