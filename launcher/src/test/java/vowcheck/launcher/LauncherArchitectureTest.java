package vowcheck.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LauncherArchitectureTest {

    @Test
    void whatRunsBeforeTheBuildUsesOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage("vowcheck.launcher.setup")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "vowcheck.launcher.setup", "org.jspecify.annotations")
                .because("./vowcheck runs it from source, without a class path")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("vowcheck.launcher"));
    }
}
