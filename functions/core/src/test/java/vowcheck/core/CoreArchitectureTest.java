package vowcheck.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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

    @Test
    void packagesOfCoreFormNoCycle() {
        slices().matching("vowcheck.core.(*)..").should().beFreeOfCycles().check(CORE);
    }
}
