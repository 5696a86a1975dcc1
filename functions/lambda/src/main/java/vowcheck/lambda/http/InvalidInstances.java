package vowcheck.lambda.http;

import java.util.List;
import vowcheck.core.features.InvalidApplication;

/// A batch with refused instances. Their faults are answered to the caller and never logged.
public final class InvalidInstances extends RuntimeException {

    private final transient List<Instance> instances;

    public InvalidInstances(List<Instance> instances) {
        super("%d of the batch's instances are refused".formatted(instances.size()));
        this.instances = List.copyOf(instances);
    }

    /// The refused instances in their order; not all of them, if there are many.
    public List<Instance> instances() {
        return instances;
    }

    /// One refused instance: its index in the batch, and its faults.
    public record Instance(int index, List<InvalidApplication.Fault> faults) {
        public Instance {
            faults = List.copyOf(faults);
        }
    }
}
