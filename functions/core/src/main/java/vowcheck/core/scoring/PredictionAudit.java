package vowcheck.core.scoring;

/// Shows stored predictions to those who may see them: the client whose API key they were made with, operators and
/// auditors.
public final class PredictionAudit {

    /// The most instances in one page.
    public static final int PAGE = 500;

    private final PredictionLog log;

    public PredictionAudit(PredictionLog log) {
        this.log = log;
    }

    /// At most [#PAGE] instances of a request of that client, from the instance `from` on.
    ///
    /// Throws [NoSuchPrediction] when there is no such request, and also when it belongs to another client.
    public LoggedRequest ofClient(ApiKeyId client, RequestId requestId, int from) {
        return log.find(requestId, from, PAGE)
                .filter(found -> client.owns(found.part().origin().apiKeyId()))
                .orElseThrow(NoSuchPrediction::new);
    }

    /// The same for an operator or auditor, who may see the requests of all clients.
    public LoggedRequest ofAnyone(RequestId requestId, int from) {
        return log.find(requestId, from, PAGE).orElseThrow(NoSuchPrediction::new);
    }
}
