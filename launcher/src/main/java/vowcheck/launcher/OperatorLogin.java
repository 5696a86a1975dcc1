package vowcheck.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.secrets.BasicCredentials;
import vowcheck.launcher.setup.CommandFailed;

/// An operator's name and password. Of the local system, they are `OPERATOR_USER` and `OPERATOR_PASSWORD` of `.env` if
/// it has them, else generated once and kept in a file that only its owner can read.
public record OperatorLogin(String user, String password) {

    private static final String USER = "OPERATOR_USER";
    private static final String PASSWORD = "OPERATOR_PASSWORD";
    private static final int PASSWORD_BYTES = 18;
    private static final Pattern SETTING =
            Pattern.compile("\\s*(export\\s+)?(?<name>\\w+)=(?<quote>[\"']?)(?<value>.*?)\\k<quote>\\s*");
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /// The login of one of the two files, or a new one, which is kept.
    public static OperatorLogin findOrGenerate(Path env, Path kept, SecureRandom random) {
        return find(env, kept).orElseGet(() -> generate(kept, random));
    }

    /// The login of `.env`, else the one that was kept.
    public static Optional<OperatorLogin> find(Path env, Path kept) {
        return read(env).or(() -> read(kept));
    }

    /// The login for a stage on AWS: of the environment, else of `.env`. The names begin with the stage's, so that no
    /// password is sent to a stage that it is not meant for.
    public static Optional<OperatorLogin> ofStage(StageName stage, Map<String, String> environment, Path env) {
        return of("the environment", prefix(stage), environment)
                .or(() -> of(env.toString(), prefix(stage), Files.exists(env) ? settings(env) : Map.of()));
    }

    /// Where the login for a stage on AWS is looked for, for people.
    public static String places(StageName stage) {
        return "set %s and %s, in the environment or in .env".formatted(prefix(stage) + USER, prefix(stage) + PASSWORD);
    }

    private static String prefix(StageName stage) {
        return stage.name() + "_";
    }

    /// The value of the header Authorization.
    public String basicAuthorization() {
        return new BasicCredentials(user, password).authorization();
    }

    /// Without the password.
    @Override
    public String toString() {
        return "OperatorLogin[" + user + "]";
    }

    private static Optional<OperatorLogin> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return of(file.toString(), "", settings(file));
    }

    private static Optional<OperatorLogin> of(String place, String prefix, Map<String, String> settings) {
        var user = settings.get(prefix + USER);
        var password = settings.get(prefix + PASSWORD);
        if (user == null && password == null) {
            return Optional.empty();
        }
        if (user == null || password == null) {
            throw new CommandFailed(
                    "%s must set both %s and %s, or neither".formatted(place, prefix + USER, prefix + PASSWORD));
        }
        return Optional.of(new OperatorLogin(user, password));
    }

    /// The lines `NAME=value` of a file; an `export` before the name and quotes around the value are removed.
    private static Map<String, String> settings(Path file) {
        var settings = new HashMap<String, String>();
        try {
            for (var line : Files.readAllLines(file)) {
                var found = SETTING.matcher(line);
                if (found.matches()) {
                    settings.put(found.group("name"), found.group("value"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }

    private static OperatorLogin generate(Path kept, SecureRandom random) {
        var bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        var login = new OperatorLogin("operator", Base64.getUrlEncoder().encodeToString(bytes));
        var text = "%s=%s\n%s=%s\n".formatted(USER, login.user(), PASSWORD, login.password());
        try {
            // Atomically: an interrupted start must not leave half a login.
            var part = Files.createTempFile(kept.toAbsolutePath().getParent(), "operator", ".part", OWNER_ONLY);
            Files.writeString(part, text);
            Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return login;
    }
}
