package vowcheck.adapters.s3;

import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// How S3 says that the condition of a write, `If-Match` or `If-None-Match`, was not met.
final class Condition {

    private static final int PRECONDITION_FAILED = 412;

    /// Another conditional write happened at the same moment.
    private static final int CONFLICT = 409;

    private Condition() {}

    /// Whether the object is there already, or is another one than expected.
    static boolean isUnmet(S3Exception failure) {
        return failure.statusCode() == PRECONDITION_FAILED;
    }

    /// Makes a conditional write. Returns false where the condition was not met, or another conditional write was
    /// faster.
    static boolean isMetBy(Runnable write) {
        try {
            write.run();
            return true;
        } catch (NoSuchKeyException e) {
            return false; // the object was deleted after it was read
        } catch (S3Exception e) {
            if (isUnmet(e) || e.statusCode() == CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
