package vowcheck.core.workflow;

/// The answer to a training that waits for approval.
///
/// @param approved whether its challenger may be promoted
/// @param operator the name of the person who answered; empty where nobody did in time
/// @param reason in that person's words
public record ApprovalAnswer(boolean approved, String operator, String reason) {

    /// Nobody answered in time.
    public static final ApprovalAnswer EXPIRED = new ApprovalAnswer(false, "", "nobody has approved it in time");

    /// For people, such as `approved by ada: looks right`.
    String sentence() {
        return operator.isEmpty()
                ? reason
                : "%s by %s: %s".formatted(approved ? "approved" : "rejected", operator, reason);
    }
}
