package vowcheck.launcher;

import java.io.PrintStream;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;

/// The functions' logs in CloudWatch.
final class FunctionLogs {

    private static final String PREFIX = "/aws/lambda/vowcheck-local-";
    private static final int MOST_STREAMS = 5;

    private FunctionLogs() {}

    /// Prints the newest events of the function `name`, such as `scoring`.
    static void print(String name, PrintStream out) {
        try (var logs = CloudWatchLogsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            var names = logs.describeLogGroups(request -> request.logGroupNamePrefix(PREFIX)).logGroups().stream()
                    .map(group -> group.logGroupName().substring(PREFIX.length()))
                    .sorted()
                    .toList();
            if (!names.contains(name)) {
                throw new CommandFailed(
                        "there is no function '%s', expected one of: %s".formatted(name, String.join(", ", names)));
            }
            events(logs, PREFIX + name).values().forEach(out::print);
        }
    }

    /// The messages of a group's newest streams by their time.
    private static SortedMap<Long, StringBuilder> events(CloudWatchLogsClient logs, String group) {
        var events = new TreeMap<Long, StringBuilder>();
        var streams = logs.describeLogStreams(request -> request.logGroupName(group)
                        .orderBy(OrderBy.LAST_EVENT_TIME)
                        .descending(true)
                        .limit(MOST_STREAMS))
                .logStreams();
        for (var stream : streams) {
            logs.getLogEvents(request -> request.logGroupName(group).logStreamName(stream.logStreamName()))
                    .events()
                    .forEach(event -> events.computeIfAbsent(event.timestamp(), _ -> new StringBuilder())
                            .append(event.message().stripTrailing())
                            .append('\n'));
        }
        return events;
    }
}
