package vowcheck.core.training;

import java.util.Optional;

/// Which code a training ran.
///
/// @param release of the project, such as `0.1.0`
/// @param commit full hash of the commit that was checked out when it was built; empty where the sources were no clone
///     of Git's
public record CodeVersion(String release, Optional<String> commit) {

    private static final int SHORT = 10;

    /// Such as `0.1.0+6e6b21a0ff`, in the form of semantic versioning.
    @Override
    public String toString() {
        return commit.map(hash -> release + "+" + hash.substring(0, Math.min(SHORT, hash.length())))
                .orElse(release);
    }
}
