/// The training workflow: its start with claim and lock, the promotion, its confirmation and its restoration. One
/// execution trains at a time, and only one for each cause. A promotion stays recorded from before its first change
/// until its smoke call has passed, so that one that ends halfway is taken back, by its own execution or by the
/// next. Every step can be repeated without harm.
@NullMarked
package vowcheck.core.workflow;

import org.jspecify.annotations.NullMarked;
