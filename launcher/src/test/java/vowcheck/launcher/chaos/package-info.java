/// The chaos walk: a seeded sequence of acts against one running system under light load. Each [Act] is something that
/// somebody does to such a system, or that happens to it; after each act, [ProductionChecks] requires what must hold
/// whatever was done. A seed gives the same acts with the same arguments; what they meet depends on time.
@NullMarked
package vowcheck.launcher.chaos;

import org.jspecify.annotations.NullMarked;
