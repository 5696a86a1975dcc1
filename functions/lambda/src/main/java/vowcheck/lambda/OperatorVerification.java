package vowcheck.lambda;

import java.util.Optional;
import vowcheck.adapters.operators.Operator;
import vowcheck.adapters.operators.OperatorDirectory;
import vowcheck.adapters.secrets.BasicCredentials;
import vowcheck.lambda.observation.OperatorMetrics;

/// Tells which operator a name and password belong to, and counts the entries of the operators' secret that cannot be
/// read, in whichever function meets them.
final class OperatorVerification {

    private final OperatorDirectory operators;
    private final OperatorMetrics metrics;

    OperatorVerification(OperatorDirectory operators, OperatorMetrics metrics) {
        this.operators = operators;
        this.metrics = metrics;
    }

    /// The operator; empty for a wrong pair. Throws [SecretUnavailable] where nobody can be verified.
    Optional<Operator> verified(BasicCredentials credentials) {
        try {
            return operators.verified(credentials);
        } finally {
            metrics.checked(operators.unreadable());
        }
    }
}
