/// PostgreSQL: connections, migrations, and the log of predictions. Values reach SQL by parameters only.
@NullMarked
package vowcheck.adapters.postgres;

import org.jspecify.annotations.NullMarked;
