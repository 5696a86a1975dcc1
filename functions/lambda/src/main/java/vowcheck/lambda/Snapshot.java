package vowcheck.lambda;

/// What a function does around SnapStart's snapshot of its process.
///
/// @param before prepares for the first request; must not throw, since a deployment fails by that
/// @param after makes good what must not come from the snapshot
record Snapshot(Runnable before, Runnable after) {

    /// Nothing to do.
    static final Snapshot NONE = new Snapshot(() -> {}, () -> {});
}
