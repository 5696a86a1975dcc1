package vowcheck.adapters.s3;

import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.quality.DataReport;
import vowcheck.core.quality.DataReports;
import vowcheck.core.workflow.WorkflowUnavailable;

/// The reports on labelled rows below `reports/data/`: the last one of imports, and the last one of
/// trainings. Former ones are former versions of the object.
public final class S3DataReports implements DataReports {

    private final S3Client s3;
    private final String bucket;

    public S3DataReports(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public void keep(DataReport report) {
        var key = BucketKeys.dataReport(report.occasion());
        try {
            s3.putObject(
                    request -> request.bucket(bucket).key(key),
                    RequestBody.fromBytes(DataReportJson.write(report).utf8()));
        } catch (SdkException e) {
            throw new WorkflowUnavailable("S3 did not write " + key, e);
        }
    }

    /// The last report of an occasion; empty where there was none yet.
    public Optional<DataReport> last(DataReport.Occasion occasion) {
        var key = BucketKeys.dataReport(occasion);
        try {
            var content = s3.getObjectAsBytes(request -> request.bucket(bucket).key(key));
            return Optional.of(DataReportJson.read(JsonDocument.parse(content.asByteArrayUnsafe())));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new WorkflowUnavailable("S3 did not read " + key, e);
        }
    }
}
