/// The stacks: what a stage consists of. A construct is a noun of the domain. Everything in which stages differ
/// is in [vowcheck.infra.Stage]; no construct asks which stage it is in. What holds data is in
/// [vowcheck.infra.DataStack].
@NullMarked
package vowcheck.infra;

import org.jspecify.annotations.NullMarked;
