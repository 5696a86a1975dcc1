package vowcheck.launcher;

import static java.util.stream.Collectors.joining;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Variables for other programs, as commands for a POSIX shell.
public final class Exports {

    /// They would override the other settings.
    private static final List<String> UNSET = List.of("AWS_PROFILE", "AWS_SESSION_TOKEN");

    private static final List<String> AWS = List.of(
            "AWS_ENDPOINT_URL",
            "AWS_ENDPOINT_URL_S3",
            "AWS_REGION",
            "AWS_DEFAULT_REGION",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY");

    /// The hosts that programs call without a proxy: this machine, and those that the caller has.
    private static final List<String> DIRECT = List.of("no_proxy", "NO_PROXY");

    private final List<String> unset;
    private final Map<String, String> variables;

    Exports(List<String> unset, Map<String, String> variables) {
        this.unset = List.copyOf(unset);
        this.variables = new LinkedHashMap<>(variables);
    }

    /// Those of a local system, for the AWS CLI and SDKs, for MLflow's Python client and for callers of the API.
    ///
    /// @param environment has the settings for AWS's clients and proxies, which the script `vowcheck` makes
    public static Exports ofSystem(DeployedStage stage, OperatorLogin operator, Map<String, String> environment) {
        var variables = ofScript(environment);
        variables.putAll(ofCallers(stage, Optional.of(operator)));
        return new Exports(UNSET, variables);
    }

    /// Those of a stage on AWS, for MLflow's Python client and for callers of the API; for AWS, the caller has
    /// settings.
    ///
    /// @param operator whose login MLflow's client uses, where it is known
    public static Exports ofStage(DeployedStage stage, Optional<OperatorLogin> operator) {
        return new Exports(List.of(), ofCallers(stage, operator));
    }

    private static Map<String, String> ofCallers(DeployedStage stage, Optional<OperatorLogin> operator) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("MLFLOW_TRACKING_URI", stage.address().mlflowTrackingUri());
        operator.ifPresent(login -> {
            variables.put("MLFLOW_TRACKING_USERNAME", login.user());
            variables.put("MLFLOW_TRACKING_PASSWORD", login.password());
        });
        variables.put("VOWCHECK_API_URL", stage.apiUrl());
        variables.put("VOWCHECK_API_KEY", stage.apiKey());
        return variables;
    }

    /// Those that the script has made.
    static Map<String, String> ofScript(Map<String, String> environment) {
        var variables = new LinkedHashMap<String, String>();
        AWS.forEach(name -> variables.put(name, environment.getOrDefault(name, "")));
        // The script puts this machine in front each time, also where the caller's variable has it already.
        DIRECT.forEach(name -> variables.put(
                name,
                Arrays.stream(environment.getOrDefault(name, "").split(",", -1))
                        .distinct()
                        .collect(joining(","))));
        return variables;
    }

    /// Prints one command per line, for `eval`.
    public void print(PrintStream out) {
        if (!unset.isEmpty()) {
            out.println("unset " + String.join(" ", unset));
        }
        variables.forEach((name, value) -> out.println("export " + name + "=" + quoted(value)));
    }

    /// A shell takes everything between single quotes as it is.
    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
