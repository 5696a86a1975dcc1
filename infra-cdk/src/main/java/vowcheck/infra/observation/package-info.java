/// Alarms and notifications.
@NullMarked
package vowcheck.infra.observation;

import org.jspecify.annotations.NullMarked;
