package vowcheck.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Properties;

/// The local operator's name and password: from `.env` where it names them (`OPERATOR_USER`,
/// `OPERATOR_PASSWORD`), else generated once and kept in a file that only its owner reads.
record OperatorLogin(String user, String password) {

    private static final int PASSWORD_BYTES = 18;

    static OperatorLogin findOrGenerate(Path env, Path kept, SecureRandom random) {
        return find(env, kept).orElseGet(() -> generate(kept, random));
    }

    static Optional<OperatorLogin> find(Path env, Path kept) {
        return read(env).or(() -> read(kept));
    }

    /// Names the user only.
    @Override
    public String toString() {
        return "OperatorLogin[" + user + "]";
    }

    private static Optional<OperatorLogin> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var user = properties.getProperty("OPERATOR_USER");
        var password = properties.getProperty("OPERATOR_PASSWORD");
        if (user == null && password == null) {
            return Optional.empty();
        }
        if (user == null || password == null || user.isBlank() || password.isBlank() || user.contains(":")) {
            throw new CommandFailed("%s must set both OPERATOR_USER (without a colon) and OPERATOR_PASSWORD, or neither"
                    .formatted(file));
        }
        return Optional.of(new OperatorLogin(user, password));
    }

    private static OperatorLogin generate(Path kept, SecureRandom random) {
        var bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        var login = new OperatorLogin("operator", Base64.getUrlEncoder().encodeToString(bytes));
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(
                kept, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), onlyOwner)) {
            var text = "OPERATOR_USER=%s%nOPERATOR_PASSWORD=%s%n".formatted(login.user(), login.password());
            channel.write(java.nio.charset.StandardCharsets.UTF_8.encode(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return login;
    }
}
