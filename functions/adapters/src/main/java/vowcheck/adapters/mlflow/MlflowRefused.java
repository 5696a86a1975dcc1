package vowcheck.adapters.mlflow;

import vowcheck.core.model.RegistryUnavailable;

/// MLflow answered, and refused.
final class MlflowRefused extends RegistryUnavailable {

    private final String errorCode;

    /// @param errorCode MLflow's own, such as `RESOURCE_DOES_NOT_EXIST`; empty where the answer had none
    MlflowRefused(String message, String errorCode) {
        super(message);
        this.errorCode = errorCode;
    }

    boolean isAlreadyThere() {
        return errorCode.equals("RESOURCE_ALREADY_EXISTS");
    }

    /// A missing alias is an invalid parameter to MLflow, other missing things are not.
    boolean isMissing() {
        return errorCode.equals("RESOURCE_DOES_NOT_EXIST")
                || (errorCode.equals("INVALID_PARAMETER_VALUE")
                        && String.valueOf(getMessage()).contains("not found"));
    }
}
