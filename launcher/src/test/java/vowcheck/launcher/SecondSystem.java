package vowcheck.launcher;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A test class that uses a second [LocalSystem], beside the running one that the other classes share and at the same
/// time. Such classes run one after the other; each brings the system up itself.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("the second system")
@ExtendWith(SecondSystem.Resolver.class)
public @interface SecondSystem {

    final class Resolver implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == LocalSystem.class;
        }

        @Override
        public LocalSystem resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return RunningSystem.shared(context, "test-second");
        }
    }
}
