package vowcheck.infra.programs;

import java.util.Set;
import software.amazon.awscdk.services.lambda.Code;
import vowcheck.adapters.settings.Setting;

/// The zips of the functions' code. Both contain the same classes of ours.
///
/// @param functions without MLflow's client, which is a quarter of the other zip
/// @param mlflowFunctions with MLflow's client
public record FunctionCode(Code functions, Code mlflowFunctions) {

    /// The smaller zip that is enough for a handler which declares these settings.
    Code of(Set<Setting> settings) {
        return settings.contains(Setting.MLFLOW_URL) ? mlflowFunctions : functions;
    }
}
