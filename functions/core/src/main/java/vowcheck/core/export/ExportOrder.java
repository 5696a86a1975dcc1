package vowcheck.core.export;

import java.util.Optional;

/// One export that somebody has ordered.
///
/// @param requestedBy the person's name
/// @param reason why, if the person said so: at most [#MOST_REASON] characters in one line
public record ExportOrder(ExportId id, ExportRange range, String requestedBy, Optional<String> reason) {

    /// The most characters of a reason.
    public static final int MOST_REASON = 200;

    public ExportOrder {
        if (reason.filter(ExportOrder::isRefused).isPresent()) {
            throw new InvalidExport(
                    "reason is refused, expected one line of 1 to %d characters".formatted(MOST_REASON));
        }
    }

    private static boolean isRefused(String reason) {
        return reason.isBlank()
                || reason.length() > MOST_REASON
                || reason.codePoints().anyMatch(Character::isISOControl);
    }
}
