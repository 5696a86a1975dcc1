package vowcheck.launcher.command;

import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import vowcheck.adapters.deployment.StageName;

/// The option of each command that works on deployed stages, too.
final class StageOption {

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            completionCandidates = Names.class,
            description = "dev or prod: the stage on AWS, with the caller's credentials and region. Default: local.")
    private @Nullable StageName given;

    /// The stage that the user has named.
    Optional<StageName> given() {
        return Optional.ofNullable(given);
    }

    /// What a shell completes.
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(StageName.values()).map(StageName::value).iterator();
        }
    }
}
