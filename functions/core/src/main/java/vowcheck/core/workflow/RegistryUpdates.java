package vowcheck.core.workflow;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import vowcheck.core.model.RegistryRefused;

/// The updates of the registry that one step makes. Production does not depend on them: one that the registry
/// refuses, because people have deleted a run or a version, is logged and noted, and the others are made.
final class RegistryUpdates {

    private static final Logger LOG = System.getLogger(RegistryUpdates.class.getName());

    private final List<String> notes = new ArrayList<>();

    /// Makes an update. Throws only what says that a later attempt may succeed.
    void make(Runnable update) {
        try {
            update.run();
        } catch (RegistryRefused e) {
            note(String.valueOf(e.getMessage()));
        }
    }

    /// Tells something else that people should know.
    void note(String sentence) {
        LOG.log(Level.WARNING, "{0}", sentence);
        notes.add(sentence);
    }

    /// One sentence for each thing that was told.
    List<String> notes() {
        return List.copyOf(notes);
    }
}
