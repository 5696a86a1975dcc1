package vowcheck.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/// The function's code as AWS lays it out: the runtime interface client's jars, then those of the deployment zip.
/// The zip contains only jars, because a class archive does not allow folders on the class path.
///
/// @param library the client's native library, unpacked: otherwise it would unpack itself into /tmp at every start,
///     which it does not do on AWS
record FunctionCode(List<Path> classPath, Path library) {

    FunctionCode {
        classPath = List.copyOf(classPath);
    }

    /// Unpacks into a folder what Maven has built.
    static FunctionCode unpack(Path zip, Path clientJars, Path folder) throws IOException {
        extract(zip, folder.resolve("code"));
        List<Path> classPath = new ArrayList<>(jars(clientJars));
        var client = classPath.stream()
                .filter(jar -> jar.getFileName().toString().startsWith("aws-lambda-java-runtime-interface-client"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the client's jar is not in " + clientJars));
        extract(client, folder.resolve("client"));
        classPath.addAll(jars(folder.resolve("code", "lib")));
        var machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch_64";
        return new FunctionCode(
                classPath, folder.resolve("client", "jni", "libaws-lambda-jni.linux-" + machine + ".so"));
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static void extract(Path zip, Path folder) throws IOException {
        try (var archive = new ZipFile(zip.toFile())) {
            for (var entry :
                    archive.stream().filter(file -> !file.isDirectory()).toList()) {
                var file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException(zip + " has an entry outside its folder: " + entry.getName());
                }
                Files.createDirectories(file.getParent());
                try (var content = archive.getInputStream(entry)) {
                    Files.copy(content, file);
                }
            }
        }
    }
}
