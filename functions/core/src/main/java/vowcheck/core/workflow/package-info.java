/// One training workflow at a time: its start, its lock, its promotion, the check of what was promoted, and
/// the way back. A promotion is noted before it changes anything and until its smoke call has passed, so
/// whatever ends halfway is taken back, by its own execution or by the next one; every step is harmless when
/// it is repeated.
@NullMarked
package vowcheck.core.workflow;

import org.jspecify.annotations.NullMarked;
