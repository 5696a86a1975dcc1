package vowcheck.core.scoring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import vowcheck.core.clients.ClientName;

/// A log and a queue of predictions in memory that can be taken out of reach.
public final class InMemoryPredictions implements PredictionLog, UnloggedPredictions {

    private final List<ScoredRequest> requests = new ArrayList<>();
    private final Set<RequestId> refused = new HashSet<>();
    private boolean reachable = true;
    private boolean refusesAll;
    private int tooMany = Integer.MAX_VALUE;
    private Runnable delay = () -> {};

    /// Whether rows are accepted from now on.
    public void reachable(boolean now) {
        reachable = now;
    }

    /// From now on each request takes so long.
    public void takes(Duration time, MovableClock clock) {
        delay = () -> clock.pass(time);
    }

    /// From now on a request with this number of rows, or more, takes too long.
    public void tooSlowFor(int rows) {
        tooMany = rows;
    }

    /// From now on all rows are refused, as by a constraint of the table.
    public void refuseAll() {
        refusesAll = true;
    }

    /// From now on the rows of this request are refused.
    public void refuse(RequestId requestId) {
        refused.add(requestId);
    }

    /// The accepted requests, in order.
    public List<ScoredRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void keep(ScoredRequest request) {
        append(request);
    }

    @Override
    public boolean append(ScoredRequest request) {
        delay.run();
        requireReachable();
        if (refusesAll || refused.contains(request.requestId())) {
            throw new PredictionsRefused("refused", new IllegalStateException("by the test"));
        }
        if (stored(request.origin().client(), request.requestId()).isPresent()) {
            return false;
        }
        if (request.scored().size() >= tooMany) {
            throw new StoringTooSlow(request.scored().size(), new IllegalStateException("by the test"));
        }
        return requests.add(request);
    }

    @Override
    public Optional<LoggedRequest> find(ClientName client, RequestId requestId, int from, int most) {
        requireReachable();
        return stored(client, requestId).map(request -> {
            int count = request.scored().size();
            var part = request.scored().subList(Math.min(from, count), (int) Math.min((long) from + most, count));
            return new LoggedRequest(request.part(part), from, count);
        });
    }

    @Override
    public List<ClientName> clients(RequestId requestId) {
        requireReachable();
        return requests.stream()
                .filter(request -> request.requestId().equals(requestId))
                .map(request -> request.origin().client())
                .sorted()
                .toList();
    }

    @Override
    public LoggedLoan ofLoan(LoanId loanId, int from, int most) {
        requireReachable();
        var predictions = requests.stream()
                .sorted(Comparator.comparing(ScoredRequest::timestamp).reversed())
                .flatMap(request -> ofLoan(loanId, request))
                .toList();
        int count = predictions.size();
        var part = predictions.subList(Math.min(from, count), (int) Math.min((long) from + most, count));
        return new LoggedLoan(part, from, count);
    }

    private static Stream<LoggedPrediction> ofLoan(LoanId loanId, ScoredRequest request) {
        return IntStream.range(0, request.scored().size())
                .filter(instance -> loanId.equals(request.scored().get(instance).loanId()))
                .mapToObj(instance -> new LoggedPrediction(
                        request.origin(),
                        instance,
                        request.timestamp(),
                        request.modelVersion(),
                        request.scored().get(instance).probability()));
    }

    private Optional<ScoredRequest> stored(ClientName client, RequestId requestId) {
        return requests.stream()
                .filter(request -> request.origin().client().equals(client)
                        && request.requestId().equals(requestId))
                .findFirst();
    }

    private void requireReachable() {
        if (!reachable) {
            throw new PredictionsUnavailable("out of reach", new IllegalStateException("by the test"));
        }
    }
}
