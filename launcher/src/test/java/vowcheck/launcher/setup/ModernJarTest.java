package vowcheck.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModernJarTest {

    @TempDir
    private Path folder;

    /// Fails once picocli is compiled for a later Java: then [ModernJar] is not needed any more.
    @Test
    void picocliIsCompiledForAJavaWhoseClassesAreNotArchived() throws IOException {
        assertThat(versions(published())).isNotEmpty().allMatch(version -> version < ClassFile.JAVA_6_VERSION);
    }

    @Test
    void everyClassOfTheCopyIsVerifiedAsOneOfALaterVersion() throws Exception {
        var copy = folder.resolve("picocli.jar");

        ModernJar.copy(published(), copy);

        assertThat(names(copy)).isEqualTo(names(published()));
        assertThat(versions(copy)).allMatch(version -> version == ClassFile.JAVA_8_VERSION);
        try (var loader = new URLClassLoader(new URL[] {copy.toUri().toURL()}, null)) {
            for (var name : classes(copy)) {
                var type = Class.forName(name.replace('/', '.').replaceFirst("\\.class$", ""), true, loader);
                assertThat(type.getClassLoader()).isEqualTo(loader);
            }
        }
    }

    @Test
    void modernClassesAndOtherFilesAreCopiedAsTheyAre() throws IOException {
        var once = folder.resolve("once.jar");
        var twice = folder.resolve("twice.jar");
        ModernJar.copy(published(), once);

        ModernJar.copy(once, twice);

        assertThat(contents(twice)).isEqualTo(contents(once));
    }

    private static Path published() {
        var location = CommandLine.class.getProtectionDomain().getCodeSource().getLocation();
        return Path.of(URI.create(location.toString()));
    }

    private static List<String> names(Path jar) throws IOException {
        try (var opened = new JarFile(jar.toFile())) {
            return opened.stream().map(ZipEntry::getName).toList();
        }
    }

    private static List<String> classes(Path jar) throws IOException {
        return names(jar).stream()
                .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
                .toList();
    }

    private static List<Integer> versions(Path jar) throws IOException {
        var contents = contents(jar);
        return classes(jar).stream()
                .map(name -> ClassFile.of()
                        .parse(Base64.getDecoder().decode(contents.get(name)))
                        .majorVersion())
                .toList();
    }

    /// Each file in Base64, which can be compared.
    private static Map<String, String> contents(Path jar) throws IOException {
        var contents = new TreeMap<String, String>();
        try (var zip = new ZipInputStream(Files.newInputStream(jar))) {
            for (var file = zip.getNextEntry(); file != null; file = zip.getNextEntry()) {
                contents.put(file.getName(), Base64.getEncoder().encodeToString(zip.readAllBytes()));
            }
        }
        return contents;
    }
}
