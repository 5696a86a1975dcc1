package vowcheck.launcher;

import java.io.PrintStream;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.launcher.setup.CommandFailed;

/// The logs of functions and container tasks in CloudWatch.
public final class ServiceLogs {

    private static final List<String> PREFIXES =
            List.of(ResourceNames.functionLogs(LocalStage.NAME, ""), ResourceNames.containerLogs(LocalStage.NAME, ""));
    private static final int MOST_STREAMS = 5;

    private ServiceLogs() {}

    /// Prints the newest events of the function or task `name`, such as `scoring` or `training`.
    public static void print(String name, PrintStream out) {
        try (var logs = CloudWatchLogsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            var groups = groups(logs);
            if (!groups.containsKey(name)) {
                throw new CommandFailed("there is no log of '%s', expected one of: %s"
                        .formatted(name, String.join(", ", groups.keySet())));
            }
            events(logs, groups.get(name)).values().forEach(out::print);
        }
    }

    /// The full names of the log groups, by the short name of their function or task.
    private static SortedMap<String, String> groups(CloudWatchLogsClient logs) {
        var groups = new TreeMap<String, String>();
        for (var prefix : PREFIXES) {
            for (var page : logs.describeLogGroupsPaginator(request -> request.logGroupNamePrefix(prefix))) {
                page.logGroups()
                        .forEach(group ->
                                groups.put(group.logGroupName().substring(prefix.length()), group.logGroupName()));
            }
        }
        return groups;
    }

    /// The messages of a group's newest streams, by time.
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
