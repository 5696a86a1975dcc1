package vowcheck.launcher.setup;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// A library whose classes the JVM can archive: it refuses those that were compiled for a Java before 6. Their
/// instructions stay the same; they get a later version, and the stack maps that it requires.
final class ModernJar {

    private static final int WRITTEN_VERSION = ClassFile.JAVA_8_VERSION;

    /// Offset of the major version in a class file.
    private static final int VERSION_OFFSET = 6;

    private static final ClassTransform TRANSFORM = ClassTransform.transformingMethodBodies(
                    (code, element) -> code.with(element)) // else the bodies are copied, without stack maps
            .andThen((type, element) -> {
                if (element instanceof ClassFileVersion) {
                    type.withVersion(WRITTEN_VERSION, 0);
                } else {
                    type.with(element);
                }
            });

    private ModernJar() {}

    /// Copies a jar, and makes its old classes modern.
    static void copy(Path jar, Path copy) throws IOException {
        try (var library = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
                var former = new ZipInputStream(Files.newInputStream(jar));
                var modern = new ZipOutputStream(Files.newOutputStream(copy))) {
            var format = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(library)));
            for (var file = former.getNextEntry(); file != null; file = former.getNextEntry()) {
                var content = former.readAllBytes();
                modern.putNextEntry(new ZipEntry(file.getName()));
                modern.write(
                        isOld(file.getName(), content)
                                ? format.transformClass(format.parse(content), TRANSFORM)
                                : content);
            }
        }
    }

    private static boolean isOld(String name, byte[] content) {
        return name.endsWith(".class") && ByteBuffer.wrap(content).getShort(VERSION_OFFSET) < ClassFile.JAVA_6_VERSION;
    }
}
