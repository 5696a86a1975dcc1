package vowcheck.core.workflow;

import java.util.Optional;
import vowcheck.core.model.ModelPointer;

/// Somebody else put another model into production between an operator's call and its write; that decision stands, and
/// the call has changed nothing.
public final class ProductionChanged extends RuntimeException {

    ProductionChanged(Optional<ModelPointer> serving) {
        super("production changed meanwhile: %s, and this call has changed nothing; repeat it if you still want to"
                .formatted(serving.map(it -> "version %s serves now".formatted(it.version()))
                        .orElse("no model serves now")));
    }
}
