package vowcheck.training;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class TrainingArchitectureTest {

    private static final JavaClasses VOWCHECK = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(
                    location -> !location.contains("-tests.jar")) // packaged, the modules' tests come in these
            .importPackages("vowcheck");

    @Test
    void trainingDoesNotKnowTheFunctions() {
        noClasses()
                .that()
                .resideInAPackage("vowcheck.training..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("vowcheck.lambda..", "com.amazonaws..")
                .check(VOWCHECK);
    }

    @Test
    void onlyTrainingRunsTribuoAndXgboost() {
        noClasses()
                .that()
                .resideOutsideOfPackage("vowcheck.training..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "ml.dmlc..",
                        "org.tribuo",
                        "org.tribuo.classification..",
                        "com.oracle.labs.mlrg.olcut.provenance")
                .check(VOWCHECK);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("vowcheck.(**)").should().beFreeOfCycles().check(VOWCHECK);
    }
}
