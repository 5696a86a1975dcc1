package vowcheck.core.erasure;

/// What an operator orders. The reason, which the audit record keeps, does not have the id of what is erased.
///
/// @param operator the operator's name, which the audit record keeps
public record ErasureOrder(ErasureSubject subject, ErasureReason reason, String operator) {

    public ErasureOrder {
        reason.about(subject);
    }
}
