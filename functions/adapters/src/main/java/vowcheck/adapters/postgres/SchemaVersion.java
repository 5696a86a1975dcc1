package vowcheck.adapters.postgres;

/// The schema that this build needs.
public final class SchemaVersion {

    /// The number of the newest migration in `initdb`; MigrationsTest compares.
    public static final int NEEDED = 20;

    private SchemaVersion() {}
}
