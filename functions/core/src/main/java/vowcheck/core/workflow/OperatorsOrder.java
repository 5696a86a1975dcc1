package vowcheck.core.workflow;

/// One call by which an operator decides what serves.
///
/// @param id the call's, unique among all calls
/// @param operator the person's name
public record OperatorsOrder(String id, String operator, DecisionReason reason) {}
