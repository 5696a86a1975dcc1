package vowcheck.adapters.mlflow;

import org.jspecify.annotations.Nullable;
import vowcheck.adapters.json.JsonFaults;
import vowcheck.core.model.RegistryUnavailable;

/// The faults of an answer that MLflow, or a program between, gave with a status of success: each is a
/// [RegistryUnavailable] that names the call and the field.
///
/// @param call method and path
record AnswerFaults(String call) implements JsonFaults {

    @Override
    public RegistryUnavailable notAnObject(RuntimeException cause) {
        return new RegistryUnavailable("MLflow's answer to %s is not a JSON object".formatted(call), cause);
    }

    @Override
    public RegistryUnavailable missing(String path, String expected) {
        return new RegistryUnavailable("MLflow's answer to %s has no %s, expected %s".formatted(call, path, expected));
    }

    @Override
    public RegistryUnavailable wrong(String path, @Nullable Object value, String expected) {
        return new RegistryUnavailable(
                "%s of MLflow's answer to %s has another type, expected %s".formatted(path, call, expected));
    }

    @Override
    public RegistryUnavailable invalid(String path, RuntimeException cause) {
        return new RegistryUnavailable(
                "%s of MLflow's answer to %s: %s".formatted(path, call, cause.getMessage()), cause);
    }
}
