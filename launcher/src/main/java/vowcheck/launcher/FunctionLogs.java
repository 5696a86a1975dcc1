package vowcheck.launcher;

import java.io.PrintStream;
import java.util.TreeMap;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;

/// The functions' logs in CloudWatch.
final class FunctionLogs {

    private static final int MOST_STREAMS = 5;

    private FunctionLogs() {}

    /// Prints the newest events of the one log group whose name holds `name`, whatever its case.
    static void print(String name, PrintStream out) {
        try (var logs = CloudWatchLogsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            var groups = logs.describeLogGroups(request -> {}).logGroups().stream()
                    .map(group -> group.logGroupName())
                    .sorted()
                    .toList();
            var matching = groups.stream()
                    .filter(group ->
                            group.toLowerCase(java.util.Locale.ROOT).contains(name.toLowerCase(java.util.Locale.ROOT)))
                    .toList();
            if (matching.size() != 1) {
                throw new CommandFailed("'%s' names %d logs, expected one of: %s"
                        .formatted(name, matching.size(), String.join(", ", groups)));
            }
            var group = matching.getFirst();
            var events = new TreeMap<Long, StringBuilder>();
            logs.describeLogStreams(request -> request.logGroupName(group)
                            .orderBy(OrderBy.LAST_EVENT_TIME)
                            .descending(true)
                            .limit(MOST_STREAMS))
                    .logStreams()
                    .forEach(stream -> logs.getLogEvents(
                                    request -> request.logGroupName(group).logStreamName(stream.logStreamName()))
                            .events()
                            .forEach(event -> events.computeIfAbsent(event.timestamp(), _ -> new StringBuilder())
                                    .append(event.message().stripTrailing())
                                    .append('\n')));
            events.values().forEach(out::print);
        }
    }
}
