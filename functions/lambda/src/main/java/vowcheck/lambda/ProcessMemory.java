package vowcheck.lambda;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How the scoring function's process uses memory: variables of its environment that the JVM and the C library
/// read, not the handler. The benchmark sets the same ones.
public final class ProcessMemory {

    /// A young generation in which a batch of 10,000 applications fits, and a heap large enough for it from the
    /// start. By default a JVM starts with a young generation of 9 MB: each batch then moves its event and its rows
    /// into the old generation, which grows up to the limit of the heap before anything in it is collected.
    private static final String JVM = "-Xms64m -Xmn32m";

    /// In bytes. The runtime interface client receives an event in blocks of the C library, which by default
    /// returns them to the kernel after each batch and asks for them again at the next one, page by page.
    private static final String KEPT = Integer.toString(64 << 20);

    /// By name.
    public static final SortedMap<String, String> VARIABLES = Collections.unmodifiableSortedMap(new TreeMap<>(
            Map.of("JAVA_TOOL_OPTIONS", JVM, "MALLOC_MMAP_THRESHOLD_", KEPT, "MALLOC_TRIM_THRESHOLD_", KEPT)));

    private ProcessMemory() {}
}
