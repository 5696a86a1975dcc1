package vowcheck.lambda;

import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/// What a function does around SnapStart's snapshot of its process.
final class SnapStartHook implements Resource {

    private final Runnable before;
    private final Runnable after;

    /// @param before prepares for the first request; must not throw, since a deployment would fail
    /// @param after replaces what must not be taken over from the snapshot
    SnapStartHook(Runnable before, Runnable after) {
        this.before = before;
        this.after = after;
    }

    /// Registers the hook with the runtime, which has only a weak reference to it: the caller must keep another one.
    void register() {
        Core.getGlobalContext().register(this);
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        before.run();
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        after.run();
    }
}
