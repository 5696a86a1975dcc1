package vowcheck.infra.programs;

import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awscdk.services.lambda.Code;
import vowcheck.adapters.deployment.FunctionsZip;
import vowcheck.adapters.settings.Setting;

/// The code of the functions, as CDK uploads it.
///
/// @param functions the code of [FunctionsZip#FUNCTIONS]
/// @param mlflowFunctions the code of [FunctionsZip#MLFLOW_FUNCTIONS]
public record FunctionAssets(Code functions, Code mlflowFunctions) {
    /// The code of a function with these settings.
    Code of(Set<Setting> settings) {
        var names = settings.stream().map(Setting::name).collect(Collectors.toSet());
        return switch (FunctionsZip.of(names)) {
            case FUNCTIONS -> functions;
            case MLFLOW_FUNCTIONS -> mlflowFunctions;
        };
    }
}
