package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// The name of a top-level type identifies it in the whole repository, tests included: no two files declare types of
/// the same name. Nested types are not compared: `Props`, `Resources`, `Result` and `Answer` occur in several types,
/// and are read with the name of the type around them.
class TypeNamesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /// The class that starts a program.
    private static final String ENTRY = "Main";

    @Test
    void noTwoTopLevelTypesHaveTheSameName() throws IOException {
        var places = new TreeMap<String, TreeSet<String>>();
        for (var unit : parsed(sources())) {
            for (var type : topLevelTypes(unit)) {
                places.computeIfAbsent(type, _ -> new TreeSet<>())
                        .add(ROOT.relativize(Path.of(unit.getSourceFile().toUri()))
                                .toString());
            }
        }

        assertThat(places).as("the types of the repository").containsKey("Application");
        places.remove(ENTRY);
        assertThat(places)
                .allSatisfy((type, files) -> assertThat(files).as(type).hasSize(1));
    }

    /// The sources of the modules in the root pom.
    private static List<Path> sources() throws IOException {
        var modules = Stream.of(Files.readString(ROOT.resolve("pom.xml")).split("<module>", -1))
                .skip(1)
                .map(module -> ROOT.resolve(module.substring(0, module.indexOf("</module>")), "src"))
                .toList();
        var sources = Stream.<Path>builder();
        for (var module : modules) {
            try (var files = Files.walk(module)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources);
            }
        }
        return sources.build().toList();
    }

    private static Iterable<? extends CompilationUnitTree> parsed(List<Path> sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, null);
        var task = (JavacTask) compiler.getTask(
                null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
        return Objects.requireNonNull(task.parse());
    }

    private static List<String> topLevelTypes(CompilationUnitTree unit) {
        return StreamSupport.stream(unit.getTypeDecls().spliterator(), false)
                .filter(ClassTree.class::isInstance)
                .map(type -> ((ClassTree) type).getSimpleName().toString())
                .toList();
    }
}
