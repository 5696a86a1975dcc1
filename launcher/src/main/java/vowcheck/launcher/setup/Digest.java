package vowcheck.launcher.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/// The first 16 hexadecimal digits of the SHA-256 of files, including their names, and texts.
final class Digest {

    private static final int BYTES_KEPT = 8;
    private static final Set<String> GENERATED = Set.of("target", "node_modules", "cdk.out", "__pycache__");

    private final MessageDigest digest;

    Digest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    Digest text(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return this;
    }

    /// Adds a file, or all files of a folder except those that tools generate in it and in its hidden folders.
    Digest files(Path root) throws IOException {
        var files = new TreeSet<Path>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                var name = folder.getFileName().toString();
                boolean generated = GENERATED.contains(name) || (name.startsWith(".") && !folder.equals(root));
                return generated ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        for (var file : files) {
            text(file.toString());
            digest.update(Files.readAllBytes(file));
        }
        return this;
    }

    String hex() {
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES_KEPT);
    }
}
