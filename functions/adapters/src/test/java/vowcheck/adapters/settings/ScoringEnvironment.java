package vowcheck.adapters.settings;

import static cloud.localstack.Constants.DEFAULT_AWS_ACCOUNT_ID;
import static cloud.localstack.Constants.TEST_ACCESS_KEY;
import static cloud.localstack.Constants.TEST_SECRET_KEY;
import static java.util.Map.entry;

import java.util.Map;
import vowcheck.adapters.aws.AwsOnLoopback;
import vowcheck.adapters.postgres.DatabaseAddress;
import vowcheck.adapters.postgres.DatabaseAuthentication;

/// The environment variables of the scoring function when it runs in its own process: those that Lambda sets, and the
/// function's settings.
public final class ScoringEnvironment {

    private ScoringEnvironment() {}

    public static Map<String, String> of(
            AwsOnLoopback aws, DatabaseAddress database, DatabaseAuthentication authentication) {
        return Map.ofEntries(
                entry("AWS_LAMBDA_FUNCTION_NAME", "scoring"),
                entry("AWS_LAMBDA_FUNCTION_VERSION", "1"),
                entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769"),
                entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/scoring"),
                entry("AWS_LAMBDA_LOG_STREAM_NAME", "test"),
                entry("AWS_REGION", "eu-central-1"),
                entry("AWS_ACCESS_KEY_ID", TEST_ACCESS_KEY),
                entry("AWS_SECRET_ACCESS_KEY", TEST_SECRET_KEY),
                entry("AWS_ENDPOINT_URL", aws.url()),
                entry("AWS_ENDPOINT_URL_SQS", aws.queueServiceUrl()),
                entry(Setting.STAGE.name(), "test"),
                entry(Setting.MODEL_BUCKET.name(), AwsOnLoopback.BUCKET),
                entry(Setting.MODEL_REFRESH_AGE.name(), "PT30S"),
                entry(Setting.DATABASE_HOST.name(), database.host()),
                entry(Setting.DATABASE_PORT.name(), Integer.toString(database.port())),
                entry(Setting.DATABASE_NAME.name(), database.name()),
                entry(Setting.DATABASE_SSL_MODE.name(), database.sslMode().libpqName()),
                entry(Setting.DATABASE_ROOT_CERTIFICATES.name(), orNone(database.rootCertificates())),
                entry(Setting.DATABASE_AUTHENTICATION.name(), authentication.name()),
                entry(Setting.DATABASE_USER.name(), "scoring"),
                entry(Setting.DATABASE_SECRET.name(), "database/scoring"),
                entry(Setting.OPERATORS_SECRET.name(), "operators"),
                entry(Setting.TOMBSTONE_KEY_SECRET.name(), "tombstone-key"),
                entry(
                        Setting.UNLOGGED_QUEUE_URL.name(),
                        aws.queueServiceUrl() + "/" + DEFAULT_AWS_ACCOUNT_ID + "/unlogged"),
                entry(
                        Setting.UNLOGGED_DEAD_LETTER_QUEUE_URL.name(),
                        aws.queueServiceUrl() + "/" + DEFAULT_AWS_ACCOUNT_ID + "/unlogged-dead-letters"));
    }

    private static String orNone(String file) {
        return file.isEmpty() ? "/none: there is no TLS here" : file;
    }
}
