package vowcheck.core.erasure;

/// What an operator orders.
///
/// @param operator the operator's name, which the audit record keeps
public record ErasureOrder(ErasureSubject subject, ErasureReason reason, String operator) {}
