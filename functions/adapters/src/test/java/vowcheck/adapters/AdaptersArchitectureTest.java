package vowcheck.adapters;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class AdaptersArchitectureTest {

    private static final JavaClasses ADAPTERS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("vowcheck.adapters");

    /// What every adapter may use: documents, settings, clients, names, credentials, and the format of a bundle.
    /// `bundle` and `tribuo` implement no port: they read and write the bytes of a bundle, wherever it is stored.
    /// The adapter of S3 and the training both use them.
    private static final String[] FOUNDATIONS = {
        "vowcheck.adapters.json..",
        "vowcheck.adapters.settings..",
        "vowcheck.adapters.aws..",
        "vowcheck.adapters.deployment..",
        "vowcheck.adapters.secrets..",
        "vowcheck.adapters.tribuo..",
        "vowcheck.adapters.bundle.."
    };

    @Test
    void noAdapterKnowsAnother() {
        slices().matching("vowcheck.adapters.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAnyPackage(FOUNDATIONS))
                .check(ADAPTERS);
    }

    @Test
    void whatEveryAdapterMayUseDependsOnNoAdapter() {
        noClasses()
                .that()
                .resideInAnyPackage(FOUNDATIONS)
                .should()
                .dependOnClassesThat(resideInAnyPackage("vowcheck.adapters..")
                        .and(resideInAnyPackage(FOUNDATIONS).negate())
                        .as("are adapters"))
                .check(ADAPTERS);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("vowcheck.adapters.(*)..").should().beFreeOfCycles().check(ADAPTERS);
    }
}
