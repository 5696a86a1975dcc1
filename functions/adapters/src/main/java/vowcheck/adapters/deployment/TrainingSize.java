package vowcheck.adapters.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The size of the training task, how many labelled rows it is good for, and the heap that its JVM gets. The bytes are
/// those that `./vowcheck bench training` measures, rounded up (`docs/scaling.md`).
///
/// @param cpu in 1024ths of a virtual CPU
/// @param memoryMib what Fargate offers with it
public record TrainingSize(int cpu, int memoryMib) {

    /// The JVM, its code and XGBoost's library, without any rows.
    private static final int FIXED_MIB = 320;

    /// The heap that a training needs without any rows.
    private static final int FIXED_HEAP_MIB = 96;

    private static final int HEAP_BYTES_A_ROW = 120;

    /// Heap and XGBoost's own memory at the peak.
    private static final int BYTES_A_ROW = 320;

    private static final double BYTES_A_MIB = 1 << 20;

    private static final SortedMap<Integer, List<Integer>> FARGATE = fargate();

    /// Throws [IllegalArgumentException], which names the setting, for a size that Fargate does not offer.
    public TrainingSize {
        var memories = FARGATE.get(cpu);
        if (memories == null) {
            throw new IllegalArgumentException(
                    "training.size.cpu is %d: expected one of %s".formatted(cpu, FARGATE.keySet()));
        }
        if (!memories.contains(memoryMib)) {
            throw new IllegalArgumentException("training.size.memoryMib is %d: with a cpu of %d, expected one of %s"
                    .formatted(memoryMib, cpu, memories));
        }
    }

    /// How many labelled rows the task can train on.
    public int rows() {
        return (int) Math.min(Integer.MAX_VALUE, (memoryMib - FIXED_MIB) * BYTES_A_MIB / BYTES_A_ROW);
    }

    /// The JVM's greatest heap, for as many rows.
    public int heapMib() {
        return heapMib(rows());
    }

    /// The greatest heap of a training on so many rows.
    public static int heapMib(int rows) {
        return FIXED_HEAP_MIB + (int) Math.ceil((double) HEAP_BYTES_A_ROW * rows / BYTES_A_MIB);
    }

    /// What Fargate offers; see "Task CPU and memory" in the developer guide of Amazon ECS.
    private static SortedMap<Integer, List<Integer>> fargate() {
        var offered = new TreeMap<Integer, List<Integer>>();
        offered.put(512, memories(1, 4, 1));
        offered.put(1024, memories(2, 8, 1));
        offered.put(2048, memories(4, 16, 1));
        offered.put(4096, memories(8, 30, 1));
        offered.put(8192, memories(16, 60, 4));
        offered.put(16_384, memories(32, 120, 8));
        return offered;
    }

    private static List<Integer> memories(int leastGib, int mostGib, int stepGib) {
        var memories = new ArrayList<Integer>();
        for (int gib = leastGib; gib <= mostGib; gib += stepGib) {
            memories.add(gib * 1024);
        }
        return List.copyOf(memories);
    }
}
