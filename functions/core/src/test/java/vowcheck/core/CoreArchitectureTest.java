package vowcheck.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class CoreArchitectureTest {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("vowcheck.core");

    @Test
    void coreKnowsNoInputOrOutput() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio.file..",
                        "java.sql..",
                        "software.amazon..",
                        "tools.jackson..",
                        "org.postgresql..",
                        "org.tribuo..",
                        "com.google.protobuf..",
                        "vowcheck.adapters..")
                .check(CORE);
    }

    /// Everything is about features and models. Only the workflow and the import know the training, and only the
    /// training counts logged applications as the drift check does.
    @Test
    void dependenciesPointFromUseCasesOverModelsToFeatures() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("features")
                .definedBy("vowcheck.core.features..")
                .layer("model")
                .definedBy("vowcheck.core.model..")
                .layer("reasons")
                .definedBy("vowcheck.core.reasons..")
                .layer("clients")
                .definedBy("vowcheck.core.clients..")
                .layer("scoring")
                .definedBy("vowcheck.core.scoring..")
                .layer("erasure")
                .definedBy("vowcheck.core.erasure..")
                .layer("drift")
                .definedBy("vowcheck.core.drift..")
                .layer("readiness")
                .definedBy("vowcheck.core.readiness..")
                .layer("export")
                .definedBy("vowcheck.core.export..")
                .layer("retention")
                .definedBy("vowcheck.core.retention..")
                .layer("training")
                .definedBy("vowcheck.core.training..")
                .layer("imports")
                .definedBy("vowcheck.core.imports..")
                .layer("workflow")
                .definedBy("vowcheck.core.workflow..")
                .whereLayer("features")
                .mayNotAccessAnyLayer()
                .whereLayer("model")
                .mayOnlyAccessLayers("features")
                .whereLayer("reasons")
                .mayOnlyAccessLayers("features", "model")
                .whereLayer("clients")
                .mayNotAccessAnyLayer()
                .whereLayer("scoring")
                .mayOnlyAccessLayers("features", "model", "clients")
                .whereLayer("erasure")
                .mayOnlyAccessLayers("model", "clients", "scoring", "retention")
                .whereLayer("readiness")
                .mayOnlyAccessLayers("features", "model")
                .whereLayer("export")
                .mayNotAccessAnyLayer()
                .whereLayer("retention")
                .mayNotAccessAnyLayer()
                .whereLayer("drift")
                .mayOnlyAccessLayers("features", "model")
                .whereLayer("training")
                .mayOnlyAccessLayers("features", "model", "drift")
                .whereLayer("imports")
                .mayOnlyAccessLayers("features", "scoring", "training")
                .whereLayer("workflow")
                .mayOnlyAccessLayers("features", "model", "training")
                .check(CORE);
    }

    @Test
    void packagesOfCoreFormNoCycle() {
        slices().matching("vowcheck.core.(*)..").should().beFreeOfCycles().check(CORE);
    }
}
