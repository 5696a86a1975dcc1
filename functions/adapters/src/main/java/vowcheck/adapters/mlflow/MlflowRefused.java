package vowcheck.adapters.mlflow;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.model.RegistryRefused;

/// MLflow answered a call with a status that says that the same call is refused again.
final class MlflowRefused extends RegistryRefused {

    private static final Logger LOG = System.getLogger(MlflowRefused.class.getName());

    private static final int MOST_SHOWN_CHARACTERS = 300;

    private final String errorCode;

    /// @param errorCode MLflow's own, such as `RESOURCE_DOES_NOT_EXIST`; empty where the answer had none
    private MlflowRefused(String message, String errorCode) {
        super(message);
        this.errorCode = errorCode;
    }

    static MlflowRefused of(String call, ErrorStatus answer) {
        var errorCode = "";
        var message = "";
        try {
            var fields = JsonDocument.parse(answer.body());
            errorCode = fields.has("error_code") ? fields.text("error_code") : "";
            message = fields.has("message") ? fields.text("message") : "";
        } catch (IllegalArgumentException e) {
            LOG.log(Level.DEBUG, "MLflow: {0} was refused without JSON", call);
        }
        if (message.length() > MOST_SHOWN_CHARACTERS) {
            message = message.substring(0, MOST_SHOWN_CHARACTERS) + "…";
        }
        return new MlflowRefused(
                "MLflow refused %s with status %d: %s %s"
                        .formatted(call, answer.status(), errorCode, message)
                        .strip(),
                errorCode);
    }

    boolean isAlreadyThere() {
        return errorCode.equals("RESOURCE_ALREADY_EXISTS");
    }

    /// MLflow answers a missing alias with an invalid parameter, other missing things with their own code.
    boolean isMissing() {
        return errorCode.equals("RESOURCE_DOES_NOT_EXIST")
                || (errorCode.equals("INVALID_PARAMETER_VALUE")
                        && String.valueOf(getMessage()).contains("not found"));
    }
}
