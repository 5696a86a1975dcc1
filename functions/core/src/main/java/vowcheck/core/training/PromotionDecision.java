package vowcheck.core.training;

import java.util.List;

/// Whether a challenger is to serve.
public sealed interface PromotionDecision {

    /// Why, in words; at least one sentence.
    List<String> reasons();

    /// The decision's name in JSON and in the registry: `promoted`, `kept` or `not_comparable`.
    String fieldValue();

    /// The challenger is to serve.
    record Promote(List<String> reasons) implements PromotionDecision {
        public Promote {
            reasons = List.copyOf(reasons);
        }

        @Override
        public String fieldValue() {
            return "promoted";
        }
    }

    /// The champion goes on serving: it is not beaten.
    record Keep(List<String> reasons) implements PromotionDecision {
        public Keep {
            reasons = List.copyOf(reasons);
        }

        @Override
        public String fieldValue() {
            return "kept";
        }
    }

    /// What serves goes on serving: it is not what the challenger was compared with.
    record NotComparable(List<String> reasons) implements PromotionDecision {
        public NotComparable {
            reasons = List.copyOf(reasons);
        }

        @Override
        public String fieldValue() {
            return "not_comparable";
        }
    }
}
