package vowcheck.core.workflow;

import vowcheck.core.model.ShadowPointer;
import vowcheck.core.model.ShadowPointer.NamedShadow;
import vowcheck.core.model.ShadowPointer.NoShadow;
import vowcheck.core.model.ShadowPointer.UnreadableShadow;

/// Somebody else started or ended a shadow between an operator's call and its write; that decision stands, and
/// the call has changed nothing.
public final class ShadowChanged extends RuntimeException {

    ShadowChanged(ShadowPointer now) {
        super("the shadow changed meanwhile: %s, and this call has changed nothing; repeat it if you still want to"
                .formatted(inWords(now)));
    }

    private static String inWords(ShadowPointer now) {
        return switch (now) {
            case NamedShadow shadow ->
                "version %s is the shadow now, started by %s"
                        .formatted(shadow.model().version(), shadow.start().by());
            case NoShadow _ -> "no model is the shadow now";
            case UnreadableShadow _ -> "the pointer names a shadow now that cannot be read";
        };
    }
}
