/// One training workflow at a time: its start, its lock, its promotion, the check of what was promoted, and
/// the way back. The pointer in the model store is written last, so what ends halfway leaves production as
/// it was; every step is harmless when it is repeated.
@NullMarked
package vowcheck.core.workflow;

import org.jspecify.annotations.NullMarked;
