package vowcheck.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.adapters.deployment.StageName;
import vowcheck.launcher.setup.CommandFailed;

/// The logs of functions and container tasks in CloudWatch.
public final class ServiceLogs implements AutoCloseable {

    private static final int MOST_STREAMS = 5;

    /// Events of several environments arrive out of order.
    private static final Duration DISORDER = Duration.ofSeconds(10);

    private final CloudWatchLogsClient logs = AwsClients.patient(CloudWatchLogsClient.builder());
    private final StageName stage;
    private final Instant since;
    private final Form form;
    private final Style style;
    private final PrintStream out;

    /// @param since which events are printed; [Instant#EPOCH] stands for all events of the newest streams
    /// @param form of each event
    public ServiceLogs(StageName stage, Instant since, Form form, Style style, PrintStream out) {
        this.stage = stage;
        this.since = since;
        this.form = form;
        this.style = style;
        this.out = out;
    }

    /// How an event is printed.
    public enum Form {
        /// For people, without what Lambda itself logs.
        READABLE,
        /// As it was logged.
        RAW,
        /// As a JSON object.
        JSON
    }

    /// Prints the newest events of the function or task `name`, such as `scoring` or `training`.
    public void print(String name) {
        printNewest(group(name));
    }

    /// Prints the newest events, and then each new one, until the process ends.
    public void follow(String name) {
        var group = group(name);
        var printed = printNewest(group);
        var newest = printed.isEmpty() ? since : at(printed.getLast());
        var seen = ids(printed);
        while (true) {
            Pause.of(DeployedStage.pollInterval(stage), "interrupted");
            var events = from(group, newest.equals(Instant.EPOCH) ? newest : newest.minus(DISORDER));
            for (var event : events) {
                if (!seen.contains(event.eventId())) {
                    print(event);
                }
            }
            seen = ids(events); // an older one is not asked for again
            newest = events.isEmpty() ? newest : at(events.getLast());
        }
    }

    @Override
    public void close() {
        logs.close();
    }

    private List<FilteredLogEvent> printNewest(String group) {
        var events = since.equals(Instant.EPOCH) ? ofNewestStreams(group) : from(group, since);
        events.forEach(this::print);
        return events;
    }

    private List<FilteredLogEvent> from(String group, Instant first) {
        return sorted(logs
                .filterLogEventsPaginator(request -> request.logGroupName(group).startTime(first.toEpochMilli()))
                .events()
                .stream()
                .toList());
    }

    private List<FilteredLogEvent> ofNewestStreams(String group) {
        var streams = logs
                .describeLogStreams(request -> request.logGroupName(group)
                        .orderBy(OrderBy.LAST_EVENT_TIME)
                        .descending(true)
                        .limit(MOST_STREAMS))
                .logStreams()
                .stream()
                .map(LogStream::logStreamName)
                .toList();
        if (streams.isEmpty()) {
            return List.of();
        }
        return sorted(
                logs
                        .filterLogEventsPaginator(
                                request -> request.logGroupName(group).logStreamNames(streams))
                        .events()
                        .stream()
                        .toList());
    }

    private void print(FilteredLogEvent event) {
        var line = new LogLine(at(event), event.logStreamName(), event.message());
        var text = switch (form) {
            case READABLE -> line.readable(style);
            case RAW -> Optional.of(line.message().stripTrailing());
            case JSON -> Optional.of(line.json());
        };
        text.ifPresent(out::println);
    }

    private String group(String name) {
        var groups = groups();
        var group = groups.get(name);
        if (group == null) {
            throw new CommandFailed(
                    "there is no log of '%s', expected one of: %s".formatted(name, String.join(", ", groups.keySet())));
        }
        return group;
    }

    /// The full names of the log groups, by the short name of their function or task.
    private SortedMap<String, String> groups() {
        var groups = new TreeMap<String, String>();
        for (var prefix : List.of(
                ResourceNames.functionLogs(stage.value(), ""), ResourceNames.containerLogs(stage.value(), ""))) {
            for (var page : logs.describeLogGroupsPaginator(request -> request.logGroupNamePrefix(prefix))) {
                page.logGroups()
                        .forEach(group ->
                                groups.put(group.logGroupName().substring(prefix.length()), group.logGroupName()));
            }
        }
        return groups;
    }

    private static List<FilteredLogEvent> sorted(List<FilteredLogEvent> events) {
        return events.stream()
                .sorted(Comparator.comparing(FilteredLogEvent::timestamp))
                .toList();
    }

    private static Set<String> ids(List<FilteredLogEvent> events) {
        return events.stream().map(FilteredLogEvent::eventId).collect(Collectors.toSet());
    }

    private static Instant at(FilteredLogEvent event) {
        return Instant.ofEpochMilli(event.timestamp());
    }
}
