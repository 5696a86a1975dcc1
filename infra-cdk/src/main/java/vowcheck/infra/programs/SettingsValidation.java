package vowcheck.infra.programs;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.constructs.IValidation;
import vowcheck.adapters.settings.Setting;

/// Fails the synthesis of a function that is given other settings than its handler declares.
final class SettingsValidation implements IValidation {
    private final Class<?> handler;
    private final Set<Setting> declared;
    private final Map<String, String> environment;

    /// @param environment what the function is given; complete when the synthesis validates
    SettingsValidation(Class<?> handler, Set<Setting> declared, Map<String, String> environment) {
        this.handler = handler;
        this.declared = declared;
        this.environment = environment;
    }

    @Override
    public List<String> validate() {
        var needed = Setting.needed(declared, environment).stream()
                .map(Setting::name)
                .collect(Collectors.toSet());
        var missing = without(needed, environment.keySet());
        var undeclared = without(environment.keySet(), needed);
        return missing.isEmpty() && undeclared.isEmpty()
                ? List.of()
                : List.of("the settings differ from %s.SETTINGS: missing %s, not declared %s"
                        .formatted(handler.getSimpleName(), missing, undeclared));
    }

    private static Collection<String> without(Collection<String> names, Collection<String> others) {
        var rest = new TreeSet<>(names);
        rest.removeAll(others);
        return rest;
    }
}
