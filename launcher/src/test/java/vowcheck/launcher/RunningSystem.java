package vowcheck.launcher;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives the test classes of one run the same [LocalSystem], up and running, for a start takes a minute. It is wiped
/// when the last of them has ended. The classes' `@Order` says which comes when.
final class RunningSystem implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(RunningSystem.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalSystem.class;
    }

    @Override
    public LocalSystem resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var system = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(LocalSystem.class, _ -> new LocalSystem(), LocalSystem.class);
        system.ensureUp();
        return system;
    }
}
