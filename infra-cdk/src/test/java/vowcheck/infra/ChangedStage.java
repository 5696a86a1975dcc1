package vowcheck.infra;

import vowcheck.infra.stage.Stage;
import vowcheck.infra.stage.Stage.DatabaseSettings;
import vowcheck.infra.stage.Stage.LimitSettings;
import vowcheck.infra.stage.Stage.NetworkSettings;

/// Stages that differ from one in a part of its settings.
final class ChangedStage {
    private ChangedStage() {}

    static Stage of(Stage stage, NetworkSettings network) {
        return of(stage, network, stage.database(), stage.limits());
    }

    static Stage of(Stage stage, DatabaseSettings database) {
        return of(stage, stage.network(), database, stage.limits());
    }

    static Stage of(Stage stage, LimitSettings limits) {
        return of(stage, stage.network(), stage.database(), limits);
    }

    private static Stage of(Stage stage, NetworkSettings network, DatabaseSettings database, LimitSettings limits) {
        return new Stage(
                stage.name(),
                stage.environment(),
                stage.lifetime(),
                network,
                database,
                stage.scoring(),
                stage.training(),
                stage.api(),
                stage.tracking(),
                stage.observation(),
                limits);
    }
}
