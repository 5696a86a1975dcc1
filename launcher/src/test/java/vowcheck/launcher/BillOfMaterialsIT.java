package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.deployment.FunctionsZip;
import vowcheck.adapters.json.JsonDocument;

/// The build's bills of materials (CycloneDX) list what is deployed, so that a scan of them misses nothing.
class BillOfMaterialsIT {

    private static final Path FUNCTIONS = Path.of("..", "functions");

    @Test
    void listsEveryJarOfTheFunctionsAndTheFilesOfSwaggerUi() throws IOException {
        var zip = Path.of("..").resolve(FunctionsZip.FOLDER).resolve(FunctionsZip.MLFLOW_FUNCTIONS.fileName());
        var deployed = new TreeSet<String>();
        try (var file = new ZipFile(zip.toFile())) {
            file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".jar"))
                    .forEach(name -> deployed.add(name.substring("lib/".length())));
        }
        // Two of its files are in the jar of the handlers.
        var listed = listed("lambda");
        assertThat(listed).anyMatch(jar -> jar.startsWith("swagger-ui-"));
        listed.removeIf(jar -> jar.startsWith("swagger-ui-"));

        assertThat(listed).isEqualTo(deployed);
    }

    @Test
    void listsEveryJarOfTheTrainingTask() throws IOException {
        try (var jars = Files.list(FUNCTIONS.resolve("training/target/lib"))) {
            var deployed = jars.map(jar -> jar.getFileName().toString()).collect(Collectors.toSet());

            var listed = listed("training");
            // Its own classes are in a folder beside the jars.
            listed.removeIf(jar -> jar.startsWith("vowcheck-training-"));

            assertThat(listed).isEqualTo(deployed);
        }
    }

    /// The jars of a module's bill of materials, the module's own among them.
    private static Set<String> listed(String module) throws IOException {
        var file = FUNCTIONS.resolve("%s/target/vowcheck-%s.cdx.json".formatted(module, module));
        assertThat(file)
                .as("written by mvn verify of functions/%s, which needs to be online for it".formatted(module))
                .exists();
        var bill = JsonDocument.parse(Files.readString(file));
        var jars = new TreeSet<String>();
        jars.add(jar(bill.document("metadata").document("component")));
        bill.documents("components").forEach(component -> jars.add(jar(component)));
        return jars;
    }

    /// The file name, of a package URL such as `pkg:maven/org.tribuo/tribuo-core@4.3.2?classifier=all&type=jar`.
    private static String jar(JsonDocument component) {
        var url = component.text("purl");
        var classifier = url.replaceFirst(".*[?&]classifier=([^&]+).*", "-$1");
        return "%s-%s%s.jar"
                .formatted(component.text("name"), component.text("version"), classifier.equals(url) ? "" : classifier);
    }
}
