package vowcheck.infra.data;

import java.util.Locale;
import vowcheck.adapters.settings.Setting;

/// The database roles that programs work as; the migrations grant each role what its programs need.
public enum DatabaseRole {
    SCORING("Scoring", Setting.DATABASE_SCORING_SECRET),
    TRAINING("Training", Setting.DATABASE_TRAINING_SECRET),
    DRIFT("Drift", Setting.DATABASE_DRIFT_SECRET),
    RETENTION("Retention", Setting.DATABASE_RETENTION_SECRET),
    AUDIT("Audit", Setting.DATABASE_AUDIT_SECRET),
    ERASURE("Erasure", Setting.DATABASE_ERASURE_SECRET),
    IMPORT("Import", Setting.DATABASE_IMPORT_SECRET),
    PROMOTION("Promotion", Setting.DATABASE_PROMOTION_SECRET),
    MLFLOW("Mlflow", Setting.DATABASE_MLFLOW_SECRET);

    private final String constructId;
    private final Setting migrationSetting;

    DatabaseRole(String constructId, Setting migrationSetting) {
        this.constructId = constructId;
        this.migrationSetting = migrationSetting;
    }

    /// The role's name in PostgreSQL.
    public String roleName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The setting by which the migrations find the role's secret.
    public Setting migrationSetting() {
        return migrationSetting;
    }

    String constructId() {
        return constructId;
    }
}
