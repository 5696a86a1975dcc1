package vowcheck.core.scoring;

import java.util.List;
import java.util.stream.IntStream;

/// A part of a request in the log.
///
/// @param part the instances `from` to `end` - 1, without those that were erased
/// @param instances their indexes in the request, in order
/// @param from the index of the part's first instance
/// @param end the index after its last one; `from` if that is past the end of the request
/// @param count how many instances the whole request had when it was answered
/// @param erased how many of these were erased
public record LoggedRequest(ScoredRequest part, List<Integer> instances, int from, int end, int count, int erased) {

    public LoggedRequest {
        instances = List.copyOf(instances);
    }

    /// A part of a request of which nothing was erased.
    public LoggedRequest(ScoredRequest part, int from, int count) {
        this(
                part,
                IntStream.range(from, from + part.scored().size()).boxed().toList(),
                from,
                from + part.scored().size(),
                count,
                0);
    }

    /// The index after the last of `most` instances from `from` on, in a request of `count`.
    public static int end(int from, int most, int count) {
        return Math.max(from, (int) Math.min((long) from + most, count));
    }

    /// Whether nothing of the request is left.
    public boolean isErased() {
        return erased == count;
    }

    /// Whether the request has more instances after this part.
    public boolean hasNext() {
        return end < count;
    }
}
