package vowcheck.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import vowcheck.adapters.deployment.ContextKey;
import vowcheck.adapters.deployment.FunctionsZip;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.stage.ContextValues;

/// What the build made for a deployment. Without it, or with an older one, CDK would deploy a container without
/// classes, or yesterday's functions, and say nothing.
///
/// @param root the repository's root, which the build's own files are relative to
record BuildProducts(Path root, ContextValues context) {
    /// What makes all of it, from the repository's root. Without `clean`, Maven leaves what was compiled before a
    /// change
    /// of a POM as it is.
    static final String BUILD = "mvn -pl infra-cdk,launcher -am clean package";

    private static final Path TRAINING = Path.of("functions", "training");
    private static final Path MLFLOW = Path.of("mlflow");
    private static final Path APP = Path.of("infra-cdk", "target", "vowcheck-infra-cdk.jar");

    /// The certificate authorities of the database's server.
    private static final Path CERTIFICATES = MLFLOW.resolve(DatabaseServer.CERTIFICATES);

    private static final Path POM = Path.of("pom.xml");
    private static final Path CORE = Path.of("functions", "core", "src", "main");
    private static final List<Path> ADAPTERS =
            List.of(Path.of("functions", "adapters", "src", "main"), Path.of("initdb"));

    /// The code of the functions.
    Path code(FunctionsZip zip) {
        return context.value(key(zip))
                .map(Path::of)
                .orElseGet(() -> root.resolve(FunctionsZip.FOLDER).resolve(zip.fileName()));
    }

    /// The folder of the training container's Dockerfile.
    Path trainingImage() {
        return image(ContextKey.TRAINING_IMAGE, TRAINING);
    }

    /// The folder of the MLflow container's Dockerfile.
    Path mlflowImage() {
        return image(ContextKey.MLFLOW_IMAGE, MLFLOW);
    }

    /// Refuses a zip or a folder that does not exist, and an image whose Dockerfile copies what does not exist.
    ///
    /// @throws IllegalArgumentException naming it, and the command that builds it
    void requireComplete() {
        for (var zip : FunctionsZip.values()) {
            requireContent(code(zip));
        }
        for (var image : List.of(trainingImage(), mlflowImage())) {
            copied(image).map(image::resolve).forEach(BuildProducts::requireContent);
        }
    }

    /// Refuses what the build made before its sources were last changed. What the context names instead of it is
    /// somebody else's.
    ///
    /// @throws IllegalArgumentException naming both, and the command that builds it
    void requireCurrent() {
        for (var zip : FunctionsZip.values()) {
            if (context.value(key(zip)).isEmpty()) {
                requireNewer(code(zip), Stream.concat(functions(), Stream.of(CERTIFICATES)));
            }
        }
        if (context.value(ContextKey.TRAINING_IMAGE).isEmpty()) {
            var target = trainingImage().resolve("target");
            requireNewer(
                    target.resolve("classes"),
                    Stream.of(
                            POM, TRAINING.resolve(POM), TRAINING.resolve("src").resolve("main"), CERTIFICATES));
            requireNewer(library(target, "vowcheck-core-"), Stream.of(POM, CORE));
            requireNewer(library(target, "vowcheck-adapters-"), Stream.concat(Stream.of(POM), ADAPTERS.stream()));
        }
        if (Files.exists(root.resolve(APP))) {
            requireNewer(
                    root.resolve(APP),
                    Stream.concat(
                            functions(),
                            Stream.of(Path.of("infra-cdk", "pom.xml"), Path.of("infra-cdk", "src", "main"))));
        }
    }

    /// The sources of the functions, which the app knows, too.
    private static Stream<Path> functions() {
        return Stream.of(
                        Stream.of(POM, CORE),
                        ADAPTERS.stream(),
                        Stream.of(Path.of("functions", "lambda", "src", "main")),
                        Stream.of("core", "adapters", "lambda").map(module -> Path.of("functions", module, "pom.xml")))
                .flatMap(part -> part);
    }

    private static ContextKey key(FunctionsZip zip) {
        return switch (zip) {
            case FUNCTIONS -> ContextKey.FUNCTIONS;
            case MLFLOW_FUNCTIONS -> ContextKey.MLFLOW_FUNCTIONS;
        };
    }

    private Path image(ContextKey key, Path folder) {
        return context.value(key).map(Path::of).orElseGet(() -> root.resolve(folder));
    }

    /// What a Dockerfile copies from its folder: the last word of `COPY` is where to.
    private static Stream<String> copied(Path image) {
        var dockerfile = image.resolve("Dockerfile");
        requireContent(dockerfile);
        try (var lines = Files.lines(dockerfile)) {
            return lines
                    .filter(line -> line.startsWith("COPY "))
                    .flatMap(line -> {
                        var words = Arrays.stream(line.split("\\s+"))
                                .skip(1)
                                .filter(word -> !word.startsWith("--"))
                                .toList();
                        return words.stream().limit(words.size() - 1L);
                    })
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireContent(Path product) {
        if (files(product).findAny().isEmpty()) {
            throw new IllegalArgumentException("%s is missing or empty: build first, with '%s' in the repository's root"
                    .formatted(product, BUILD));
        }
    }

    private static Path library(Path target, String nameStart) {
        return files(target.resolve("lib"))
                .filter(file -> file.getFileName().toString().startsWith(nameStart))
                .max(Comparator.comparing(BuildProducts::time))
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s has no %s….jar: build first, with '%s' in the repository's root"
                                .formatted(target.resolve("lib"), nameStart, BUILD)));
    }

    private void requireNewer(Path product, Stream<Path> sources) {
        var built = newest(product);
        sources.map(root::resolve)
                .flatMap(BuildProducts::files)
                .filter(source -> !source.toString().endsWith(".md"))
                .filter(source -> time(source).compareTo(built) > 0)
                .findFirst()
                .ifPresent(source -> {
                    throw new IllegalArgumentException(
                            "%s is older than its source %s: build again, with '%s' in the repository's root"
                                    .formatted(product, source, BUILD));
                });
    }

    private static FileTime newest(Path product) {
        return files(product)
                .map(BuildProducts::time)
                .max(Comparator.naturalOrder())
                .orElse(FileTime.fromMillis(0));
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The file itself, or the files of the folder; none, if it does not exist.
    private static Stream<Path> files(Path place) {
        if (!Files.exists(place)) {
            return Stream.of();
        }
        try (var all = Files.walk(place)) {
            return all.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
