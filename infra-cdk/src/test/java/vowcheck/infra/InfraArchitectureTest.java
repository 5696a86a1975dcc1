package vowcheck.infra;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class InfraArchitectureTest {
    private static final JavaClasses INFRA = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("vowcheck.infra");

    @Test
    void constructsDoNotKnowTheStacks() {
        noClasses()
                .that()
                .resideInAPackage("vowcheck.infra.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("vowcheck.infra")
                .check(INFRA);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("vowcheck.infra.(*)..").should().beFreeOfCycles().check(INFRA);
    }

    /// Data know nothing of the programs that use them; programs know nothing of what invokes them.
    @Test
    void eachLayerUsesOnlyTheLayersBelowIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("stages")
                .definedBy("vowcheck.infra.stage..")
                .layer("data")
                .definedBy("vowcheck.infra.data..")
                .layer("programs")
                .definedBy("vowcheck.infra.programs..")
                .layer("uses")
                .definedBy(
                        "vowcheck.infra.api..",
                        "vowcheck.infra.functions..",
                        "vowcheck.infra.mlflow..",
                        "vowcheck.infra.observation..",
                        "vowcheck.infra.training..")
                .layer("stacks")
                .definedBy("vowcheck.infra")
                .whereLayer("stacks")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("uses")
                .mayOnlyBeAccessedByLayers("stacks")
                .whereLayer("programs")
                .mayOnlyBeAccessedByLayers("uses", "stacks")
                .whereLayer("data")
                .mayOnlyBeAccessedByLayers("programs", "uses", "stacks")
                .check(INFRA);
    }
}
