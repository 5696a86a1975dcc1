package vowcheck.core.model;

/// What the store has in service.
///
/// @param production the pointer to the model that answers
/// @param shadow the model that scores beside it, if any
public record ModelsInService(ModelPointer production, ShadowPointer shadow) {}
