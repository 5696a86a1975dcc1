package vowcheck.adapters.mlflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.SingleAttempts;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;
import org.mlflow.tracking.creds.MlflowHostCreds;
import org.mlflow.tracking.creds.MlflowHostCredsProvider;

/// MLflow's client, with limits and retries of our own in [#sendGet] and [#sendPost]. Those of its methods that go
/// around these two, such as `getRun`, must not be used: they wait without limit. Failures are reported as
/// [Attempts] does.
final class LimitedMlflowClient extends MlflowClient {

    private final SingleAttempts calls;
    private final Attempts attempts;

    /// @param base URL up to and including the static prefix, without a slash at its end
    LimitedMlflowClient(String base, Supplier<MlflowLogin> login, MlflowLimits limits, Attempts attempts) {
        var credentials = new Credentials(base, login);
        super(credentials);
        this.calls = new SingleAttempts(credentials, limits.connect(), limits.call());
        this.attempts = attempts;
    }

    @Override
    public String sendGet(String path) {
        int query = path.indexOf('?');
        return attempts.answer(
                "GET " + (query < 0 ? path : path.substring(0, query)), () -> translated(() -> calls.get(path)));
    }

    @Override
    public String sendPost(String path, String json) {
        return attempts.answer("POST " + path, () -> translated(() -> calls.post(path, json)));
    }

    private static String translated(Supplier<String> call) {
        try {
            return call.get();
        } catch (MlflowHttpException e) {
            throw new ErrorStatus(e.getStatusCode(), String.valueOf(e.getBodyMessage()));
        } catch (MlflowClientException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new UncheckedIOException(cause);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        super.close();
        calls.close();
    }

    /// Gets the login anew for each call, since it may have changed.
    private record Credentials(String base, Supplier<MlflowLogin> login) implements MlflowHostCredsProvider {

        @Override
        public MlflowHostCreds getHostCreds() {
            var current = login.get();
            return new BasicMlflowHostCreds(base, current.username(), current.password());
        }

        @Override
        public void refresh() {}
    }
}
