package vowcheck.core.scoring;

/// A part of a request in the log.
///
/// @param part the instances `from`, `from` + 1, …; none if `from` is past the end
/// @param from the index of the part's first instance
/// @param count how many instances the whole request has
public record LoggedRequest(ScoredRequest part, int from, int count) {

    /// The index after the part's last instance.
    public int end() {
        return from + part.scored().size();
    }

    /// Whether the request has more instances after this part.
    public boolean hasNext() {
        return end() < count && !part.scored().isEmpty();
    }
}
