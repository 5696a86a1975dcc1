package org.mlflow.tracking;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.NullMarked;
import org.mlflow.tracking.creds.MlflowHostCredsProvider;
import org.mlflow_project.apachehttp.HttpResponse;
import org.mlflow_project.apachehttp.HttpResponseInterceptor;
import org.mlflow_project.apachehttp.ProtocolException;
import org.mlflow_project.apachehttp.client.config.RequestConfig;
import org.mlflow_project.apachehttp.impl.client.CloseableHttpClient;
import org.mlflow_project.apachehttp.impl.client.HttpClientBuilder;

/// The HTTP calls of MLflow's client, each sent once and limited in time. By default the client waits for an
/// answer without limit, sends every refused call three times without a pause, even after a 4xx, and loses a
/// connection with each 429. The constructor that changes this is visible in the client's package only, hence this
/// class's place.
@NullMarked
public final class SingleAttempts {

    private final MlflowHttpCaller caller;

    /// @param connect limit for opening a connection
    /// @param silence limit for waiting for the answer, and for each of its parts
    public SingleAttempts(MlflowHostCredsProvider credentials, Duration connect, Duration silence) {
        caller = new MlflowHttpCaller(credentials, 0, 0, 1, client(connect, silence));
    }

    private static CloseableHttpClient client(Duration connect, Duration silence) {
        int connectMillis = Math.toIntExact(connect.toMillis());
        return HttpClientBuilder.create()
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connectMillis)
                        .setConnectTimeout(connectMillis)
                        .setSocketTimeout(Math.toIntExact(silence.toMillis()))
                        .build())
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableRedirectHandling()
                .addInterceptorLast((HttpResponseInterceptor) (response, _) -> refuseRedirect(response))
                .build();
    }

    /// The caller would take a redirect for a success.
    private static void refuseRedirect(HttpResponse response) throws Redirect {
        int status = response.getStatusLine().getStatusCode();
        if (status >= 300 && status < 400) {
            throw new Redirect(status);
        }
    }

    /// Sends a GET to a path below the API's own, query included; the answer's body. Throws [MlflowHttpException]
    /// for an error status or a redirect, and [MlflowClientException] with an [IOException] as its cause where no
    /// answer came.
    public String get(String path) {
        return answered(() -> caller.get(path));
    }

    /// Sends a POST to a path below the API's own; the answer's body. Throws as [#get] does.
    public String post(String path, String json) {
        return answered(() -> caller.post(path, json));
    }

    private static String answered(Supplier<String> call) {
        try {
            return call.get();
        } catch (MlflowClientException e) {
            if (e.getCause() instanceof IOException failure && failure.getCause() instanceof Redirect redirect) {
                throw new MlflowHttpException(redirect.status, "a redirect", "");
            }
            throw e;
        }
    }

    private static final class Redirect extends ProtocolException {

        private final int status;

        Redirect(int status) {
            super("a redirect with status %d, expected an answer".formatted(status));
            this.status = status;
        }
    }

    /// Closes the connections.
    public void close() {
        caller.close();
    }
}
