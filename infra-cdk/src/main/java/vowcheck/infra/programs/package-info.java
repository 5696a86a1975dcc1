/// How programs run: Lambda functions and Fargate containers, the settings they are given and the rights that go
/// with each setting.
@NullMarked
package vowcheck.infra.programs;

import org.jspecify.annotations.NullMarked;
