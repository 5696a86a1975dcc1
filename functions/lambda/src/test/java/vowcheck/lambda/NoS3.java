package vowcheck.lambda;

import software.amazon.awssdk.services.s3.S3Client;

/// S3 for tests that do not come to it: every call fails.
final class NoS3 implements S3Client {

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}
}
