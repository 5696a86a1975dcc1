package vowcheck.lambda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LambdaArchitectureTest {

    private static final JavaClasses VOWCHECK = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(
                    location -> !location.contains("-tests.jar")) // after packaging, the modules' tests are in these
            .importPackages("vowcheck");

    @Test
    void adaptersDoNotKnowTheHandlers() {
        noClasses()
                .that()
                .resideInAPackage("vowcheck.adapters..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("vowcheck.lambda..", "com.amazonaws..")
                .check(VOWCHECK);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("vowcheck.(*.*)..").should().beFreeOfCycles().check(VOWCHECK);
    }

    @Test
    void dependenciesPointFromHandlersOverHttpToObservation() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("handlers")
                .definedBy("vowcheck.lambda")
                .layer("documentation")
                .definedBy("vowcheck.lambda.documentation")
                .layer("http")
                .definedBy("vowcheck.lambda.http")
                .layer("observation")
                .definedBy("vowcheck.lambda.observation")
                .whereLayer("handlers")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("documentation")
                .mayOnlyBeAccessedByLayers("handlers")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("handlers", "documentation")
                .whereLayer("observation")
                .mayOnlyBeAccessedByLayers("handlers", "http")
                .check(VOWCHECK);
    }

    @Test
    void onlyWiringMakesClientsOfAws() {
        noClasses()
                .that()
                .resideInAPackage("vowcheck.lambda..")
                .and()
                .haveSimpleNameNotEndingWith("Wiring")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon.awssdk..", "vowcheck.adapters.aws..")
                .check(VOWCHECK);
    }
}
