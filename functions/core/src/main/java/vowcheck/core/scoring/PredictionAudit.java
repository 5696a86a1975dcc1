package vowcheck.core.scoring;

/// Shows what was answered, to those whom it concerns: the client whose API key made the rows, and operators.
public final class PredictionAudit {

    /// The most instances that are shown at once.
    public static final int PAGE = 500;

    private final PredictionLog log;

    public PredictionAudit(PredictionLog log) {
        this.log = log;
    }

    /// At most [#PAGE] instances of a request of that client's, beginning with the instance `from`.
    ///
    /// Throws [NoSuchPrediction] when there is no such request, and just so when it is somebody else's.
    public LoggedRequest ofClient(ApiKeyId client, RequestId requestId, int from) {
        return log.find(requestId, from, PAGE)
                .filter(found -> client.owns(found.part().origin().apiKeyId()))
                .orElseThrow(NoSuchPrediction::new);
    }

    /// The same for an operator, who sees everybody's.
    public LoggedRequest ofAnyone(RequestId requestId, int from) {
        return log.find(requestId, from, PAGE).orElseThrow(NoSuchPrediction::new);
    }
}
