package vowcheck.lambda;

import org.crac.Context;
import org.crac.Resource;

/// What the scoring function does around SnapStart's snapshot of its process. Whoever registers the hook must keep a
/// reference to it: the context of CRaC has only a weak one.
final class SnapStartHook implements Resource {

    private final ScoringService service;

    SnapStartHook(ScoringService service) {
        this.service = service;
    }

    /// Does not throw, since a deployment would fail then.
    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        service.rehearse();
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        service.renew();
    }
}
