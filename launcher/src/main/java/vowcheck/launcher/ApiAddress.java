package vowcheck.launcher;

import java.net.URI;
import vowcheck.adapters.deployment.StackOutput;

/// Where a stage's HTTP API answers. No other class knows in what LocalStack's addresses differ from those of AWS.
public sealed interface ApiAddress {

    /// Of the API, including the name of its stage in API Gateway; without a slash at its end.
    String url();

    /// Of MLflow's pages for a browser.
    String mlflowPages();

    /// The address of MLflow for its clients: every program can resolve it.
    default String mlflowTrackingUri() {
        return "%s/%s".formatted(url(), deployment().output(StackOutput.MLFLOW_PATH));
    }

    /// The outputs of the stage's stacks.
    Deployment deployment();

    /// On AWS, the API has a host name of its own, which its stack states.
    record OnAws(Deployment deployment) implements ApiAddress {

        @Override
        public String url() {
            return deployment.output(StackOutput.API_URL).replaceAll("/+$", "");
        }

        @Override
        public String mlflowPages() {
            return mlflowTrackingUri() + "/";
        }
    }

    /// At an endpoint that answers for all of AWS's services, as LocalStack's does, the API is a path: AWS's host names
    /// do not resolve there.
    record AtEndpoint(Deployment deployment, URI endpoint) implements ApiAddress {

        @Override
        public String url() {
            return "%s/_aws/execute-api/%s/%s"
                    .formatted(
                            endpoint,
                            deployment.output(StackOutput.REST_API_ID),
                            deployment.output(StackOutput.API_STAGE_NAME));
        }

        /// The API is in the host name, so that the path is the one that MLflow is configured with; browsers resolve
        /// *.localhost to this machine.
        @Override
        public String mlflowPages() {
            return "http://%s.execute-api.localhost:%d/%s/%s/"
                    .formatted(
                            deployment.output(StackOutput.REST_API_ID),
                            endpoint.getPort(),
                            deployment.output(StackOutput.API_STAGE_NAME),
                            deployment.output(StackOutput.MLFLOW_PATH));
        }
    }
}
