/// How long predictions are kept. They are stored in one partition for each month (UTC), so that whole months
/// can be dropped. Partitions for the coming months exist before the first prediction of the month. A row whose
/// month has none is stored all the same, and gets a partition with the next run.
@NullMarked
package vowcheck.core.retention;

import org.jspecify.annotations.NullMarked;
