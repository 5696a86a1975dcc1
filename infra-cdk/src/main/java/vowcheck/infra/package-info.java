/// The CDK app and its two stacks. [vowcheck.infra.DataStack] holds what must outlive every deployment,
/// [vowcheck.infra.ServiceStack] everything else. The packages below hold the constructs; none of them knows a
/// stack.
@NullMarked
package vowcheck.infra;

import org.jspecify.annotations.NullMarked;
