package vowcheck.launcher.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What `./vowcheck key` does.
enum KeyAction {
    LIST,
    NEW,
    SHOW,
    REVOKE,
    RESTORE;

    /// The action of that name. Throws [IllegalArgumentException] for any other name.
    static KeyAction named(String name) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("an action is '%s', expected one of %s"
                        .formatted(
                                name,
                                Arrays.stream(values()).map(KeyAction::word).collect(Collectors.joining(", ")))));
    }

    /// As it is typed.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
