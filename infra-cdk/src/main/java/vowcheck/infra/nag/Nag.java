package vowcheck.infra.nag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnResource;
import software.constructs.IConstruct;

/// Accepts findings of cdk-nag next to the construct that they concern, each with its reason.
///
/// Writes the same metadata as cdk-nag's own `NagSuppressions`, which would make every synthesis load cdk-nag; only
/// the tests run it.
public final class Nag {
    private static final String KEY = "cdk_nag";
    private static final String RULES = "rules_to_suppress";

    private Nag() {}

    /// Accepts a rule's findings on every resource that `construct` has so far.
    public static void accept(IConstruct construct, String rule, String reason) {
        for (var part : construct.getNode().findAll()) {
            if (part instanceof CfnResource resource) {
                var rules = new ArrayList<Object>(accepted(resource));
                // Sorted: the order of Map.of differs between runs, and so would the template.
                rules.add(new TreeMap<>(Map.of("id", rule, "reason", reason)));
                resource.addMetadata(KEY, Map.of(RULES, rules));
            }
        }
    }

    private static List<?> accepted(CfnResource resource) {
        return resource.getMetadata(KEY) instanceof Map<?, ?> known && known.get(RULES) instanceof List<?> rules
                ? rules
                : List.of();
    }
}
