package vowcheck.launcher;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives the test classes of one run the same [LocalSystem], up and running, because a start takes a minute. It is
/// wiped when the last of them has ended. The classes run one after the other, in the order of their `@Order`.
final class RunningSystem implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(RunningSystem.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalSystem.class;
    }

    @Override
    public LocalSystem resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var system = shared(context, "test");
        system.ensureUp();
        return system;
    }

    /// The system in a folder of `.local`. It is wiped before its first use and after the run.
    static LocalSystem shared(ExtensionContext context, String folder) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        folder,
                        _ -> {
                            var system = new LocalSystem(folder);
                            system.wipe();
                            return system;
                        },
                        LocalSystem.class);
    }
}
