package vowcheck.infra.data;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.constructs.IValidation;

/// How many connections the server accepts, and how many its clients use at once. The synthesis fails if they may
/// use more: each function has an upper limit of environments that work at once, and each environment one
/// connection.
///
/// Lambda keeps environments beyond that limit, after a deployment for example those of the former version. They
/// have a connection until the server closes it, two minutes after its last use, and are not counted: a
/// deployment under full load may reach the server's limit for so long. A prediction that gets no connection
/// is answered, and waits in the queue.
///
/// By default, RDS sets `max_connections` to `LEAST(DBInstanceClassMemory / 9531392, 5000)` (Amazon RDS user
/// guide, "Maximum number of database connections"), where the memory is what the operating system and RDS
/// itself leave of the instance's. That is not known before the instance exists, so the stage sets the
/// parameter, to the same share of three quarters of the instance's memory.
final class ServerConnections implements IValidation {
    private static final long BYTES_EACH = 9_531_392;

    private static final Map<String, Integer> MEMORY_GIB = Map.of(
            "t4g.micro", 1, "t4g.small", 2, "t4g.medium", 4, "t4g.large", 8, "t4g.xlarge", 16, "t4g.2xlarge", 32);

    /// Three for superusers, as by default, and those for RDS itself, for people with `psql`, and for looks at the
    /// readiness, which open a connection beside their environment's.
    private static final int SPARE = 20;

    private final String instance;
    private final SortedMap<String, Integer> expected = new TreeMap<>();

    ServerConnections(InstanceType instance) {
        this.instance = instance.toString();
    }

    /// The server's parameter `max_connections`.
    int most() {
        var memory = MEMORY_GIB.get(instance);
        if (memory == null) {
            throw new IllegalArgumentException(
                    "the memory of %s is not known: expected one of %s, or add it to ServerConnections"
                            .formatted(instance, new TreeMap<>(MEMORY_GIB).keySet()));
        }
        return Math.toIntExact(((long) memory << 30) * 3 / 4 / BYTES_EACH);
    }

    /// Adds what a client may use at once.
    void expect(String client, int connections) {
        expected.merge(client, connections, Integer::sum);
    }

    @Override
    public List<String> validate() {
        int sum = expected.values().stream().mapToInt(Integer::intValue).sum();
        return sum + SPARE <= most()
                ? List.of()
                : List.of(("programs may use %d connections to the database at once (%s), and %d are spare: "
                                + "expected at most %d, since %s accepts %d. Lower limits.scoringEnvironments, or take a "
                                + "larger database.instance")
                        .formatted(
                                sum,
                                expected.entrySet().stream()
                                        .map(client -> client.getKey() + " " + client.getValue())
                                        .collect(Collectors.joining(", ")),
                                SPARE,
                                most() - SPARE,
                                instance,
                                most()));
    }
}
