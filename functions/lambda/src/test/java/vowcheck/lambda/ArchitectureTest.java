package vowcheck.lambda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("vowcheck");

    @Test
    void arrowsGoFromHandlersToAdaptersToCore() {
        noClasses()
                .that()
                .resideInAPackage("vowcheck.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("vowcheck.adapters..", "vowcheck.lambda..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("vowcheck.adapters..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("vowcheck.lambda..")
                .check(classes);
    }

    @Test
    void coreKnowsNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAPackage("vowcheck.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.nio.file..",
                        "java.net..",
                        "java.sql..",
                        "software.amazon..",
                        "tools.jackson..",
                        "org.tribuo..",
                        "org.postgresql..",
                        "com.amazonaws..")
                .check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("vowcheck.(*.*)..").should().beFreeOfCycles().check(classes);
    }
}
