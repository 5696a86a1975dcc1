/// Exports of stored predictions as one CSV file, for auditors: an order is accepted at once, a task writes the
/// file, and a link to it is valid for minutes. Who exported what is on record before the first row is read.
@NullMarked
package vowcheck.core.export;

import org.jspecify.annotations.NullMarked;
