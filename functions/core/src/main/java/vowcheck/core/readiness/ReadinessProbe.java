package vowcheck.core.readiness;

/// Port: looks at one part of the system. A probe keeps no state and may be used by several threads: one that was given
/// up may still run.
public interface ReadinessProbe {

    /// What it found where the part works. Throws [NotReady] where it does not. It may take any time.
    ReadinessFinding look();
}
