package vowcheck.core.workflow;

/// What a person has said, or must say, about a promotion before it is made.
public sealed interface Consent {

    /// Nobody is asked.
    record NotRequired() implements Consent {}

    /// A named person must approve, and nobody was asked yet.
    record Required() implements Consent {}

    /// Somebody was asked and has answered, or nobody answered in time.
    record Given(ApprovalAnswer answer) implements Consent {}
}
