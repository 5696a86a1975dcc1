/// What a stage costs, reckoned from its templates and a list of prices.
@NullMarked
package vowcheck.infra.cost;

import org.jspecify.annotations.NullMarked;
