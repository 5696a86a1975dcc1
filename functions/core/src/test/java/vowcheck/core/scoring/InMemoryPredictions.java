package vowcheck.core.scoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vowcheck.core.clients.ClientName;

/// A log and a queue of predictions in memory that can be taken out of reach.
public final class InMemoryPredictions implements PredictionLog, UnloggedPredictions {

    private final List<ScoredRequest> requests = new ArrayList<>();
    private final Set<RequestId> refused = new HashSet<>();
    private final Map<LoanId, Instant> erasedLoans = new HashMap<>();
    private final Set<Name> erasedRequests = new HashSet<>();
    private final Map<Name, Set<Integer>> gaps = new HashMap<>();
    private boolean reachable = true;
    private boolean refusesAll;
    private int tooMany = Integer.MAX_VALUE;
    private Runnable delay = () -> {};

    /// What identifies a request.
    private record Name(ClientName client, RequestId requestId) {

        static Name of(ScoredRequest request) {
            return new Name(request.origin().client(), request.requestId());
        }
    }

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

    /// What was answered before is left out from now on.
    public void bury(LoanId loanId, Instant at) {
        requireReachable();
        erasedLoans.put(loanId, at);
    }

    /// The request is refused from now on.
    public void bury(ClientName client, RequestId requestId) {
        requireReachable();
        erasedRequests.add(new Name(client, requestId));
    }

    /// Erases the stored applications for a loan, and returns how many they were.
    public int erase(LoanId loanId) {
        requireReachable();
        int erased = 0;
        for (var request : requests) {
            for (int instance = 0; instance < request.scored().size(); instance++) {
                if (loanId.equals(request.scored().get(instance).loanId())
                        && gapsOf(request).add(instance)) {
                    erased++;
                }
            }
        }
        return erased;
    }

    /// Erases a stored request, and returns how many applications it still had.
    public int erase(ClientName client, RequestId requestId) {
        requireReachable();
        var stored = stored(client, requestId);
        stored.ifPresent(requests::remove);
        return stored.map(request -> request.scored().size() - gapsOf(request).size())
                .orElse(0);
    }

    @Override
    public ScoredRequest appendLate(ScoredRequest request) {
        if (erasedRequests.contains(Name.of(request))) {
            requireReachable();
            return request.part(List.of());
        }
        if (append(request)) {
            for (int instance = 0; instance < request.scored().size(); instance++) {
                @Nullable LoanId loanId = request.scored().get(instance).loanId();
                if (loanId != null
                        && !erasedLoans.getOrDefault(loanId, Instant.MIN).isBefore(request.timestamp())) {
                    gapsOf(request).add(instance);
                }
            }
        }
        return request.part(
                List.copyOf(left(request, 0, request.scored().size()).values()));
    }

    @Override
    public boolean isErased(ClientName client, RequestId requestId) {
        requireReachable();
        return erasedRequests.contains(new Name(client, requestId));
    }

    @Override
    public boolean isErased(RequestId requestId) {
        requireReachable();
        return erasedRequests.stream().anyMatch(erased -> erased.requestId().equals(requestId));
    }

    private Set<Integer> gapsOf(ScoredRequest request) {
        return gaps.computeIfAbsent(Name.of(request), _ -> new TreeSet<>());
    }

    /// The applications that are left, by their instances.
    private SortedMap<Integer, ScoredApplication> left(ScoredRequest request, int from, int end) {
        var left = new TreeMap<Integer, ScoredApplication>();
        for (int instance = from; instance < Math.min(end, request.scored().size()); instance++) {
            if (!gapsOf(request).contains(instance)) {
                left.put(instance, request.scored().get(instance));
            }
        }
        return left;
    }

    @Override
    public void keep(ScoredRequest request) {
        append(request);
    }

    @Override
    public boolean append(ScoredRequest request) {
        delay.run();
        requireReachable();
        if (request.requestId().isChosenByClient() && erasedRequests.contains(Name.of(request))) {
            throw PredictionErased.repeated();
        }
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
            int end = LoggedRequest.end(from, most, count);
            var left = left(request, from, end);
            return new LoggedRequest(
                    request.part(List.copyOf(left.values())),
                    List.copyOf(left.keySet()),
                    from,
                    end,
                    count,
                    gapsOf(request).size());
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

    private Stream<LoggedPrediction> ofLoan(LoanId loanId, ScoredRequest request) {
        return IntStream.range(0, request.scored().size())
                .filter(instance -> !gapsOf(request).contains(instance))
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
