package vowcheck.core.scoring;

/// A part of what the log holds of a request.
///
/// @param part the instances `from`, `from` + 1, …; none when `from` is past the end
/// @param from the place of the part's first instance, from 0
/// @param count how many instances the whole request has
public record LoggedRequest(ScoredRequest part, int from, int count) {

    /// The place after the part's last instance.
    public int end() {
        return from + part.scored().size();
    }

    /// Whether instances follow this part.
    public boolean hasNext() {
        return end() < count && !part.scored().isEmpty();
    }
}
