package vowcheck.infra.programs;

import software.amazon.awscdk.services.secretsmanager.ISecret;

/// Where MLflow answers and as whom to call it.
///
/// @param url its base URL in the network
/// @param login the secret `{"username","password"}`
public record MlflowAccess(String url, ISecret login) {}
