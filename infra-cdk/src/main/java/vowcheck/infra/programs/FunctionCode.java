package vowcheck.infra.programs;

import java.util.Set;
import software.amazon.awscdk.services.lambda.Code;
import vowcheck.adapters.deployment.FunctionZip;
import vowcheck.adapters.settings.Setting;

/// The code of the functions.
///
/// @param functions the code of [FunctionZip#FUNCTIONS]
/// @param mlflowFunctions the code of [FunctionZip#MLFLOW_FUNCTIONS]
public record FunctionCode(Code functions, Code mlflowFunctions) {
    /// The code of a function with these settings.
    Code of(Set<Setting> settings) {
        return switch (FunctionZip.of(settings)) {
            case FUNCTIONS -> functions;
            case MLFLOW_FUNCTIONS -> mlflowFunctions;
        };
    }
}
