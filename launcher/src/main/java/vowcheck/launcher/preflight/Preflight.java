package vowcheck.launcher.preflight;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/// What a deployment of a stage needs, and whether it is there.
public final class Preflight {

    private Preflight() {}

    /// Asks this machine, and the account of the default credentials.
    ///
    /// @param assembly the folder of the stage's synthesized templates
    /// @param endpoint where AWS's services answer, if it is not AWS itself
    public static List<Finding> findings(Path assembly, Optional<URI> endpoint) throws IOException {
        var findings = new ArrayList<>(MachineChecks.ofThisMachine().findings());
        try (var credentials = DefaultCredentialsProvider.builder().build();
                var account = AccountChecks.of(StageNeeds.of(assembly), credentials, endpoint)) {
            findings.addAll(account.findings());
        }
        return findings;
    }
}
