package vowcheck.lambda.http;

import java.util.List;
import vowcheck.core.features.InvalidApplication;

/// A batch with refused instances. The faults go back to the caller and never into a log.
public final class InvalidInstances extends RuntimeException {

    private final transient List<Instance> instances;

    public InvalidInstances(List<Instance> instances) {
        super("%d of the batch's instances are refused".formatted(instances.size()));
        this.instances = List.copyOf(instances);
    }

    /// The refused instances in their order; a reader may stop before it has seen all.
    public List<Instance> instances() {
        return instances;
    }

    /// One refused instance: its place in the batch, from 0, and its faults.
    public record Instance(int index, List<InvalidApplication.Fault> faults) {
        public Instance {
            faults = List.copyOf(faults);
        }
    }
}
