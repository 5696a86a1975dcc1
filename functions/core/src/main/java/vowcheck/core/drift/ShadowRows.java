package vowcheck.core.drift;

import vowcheck.core.model.ModelVersion;

/// How many of the logged applications that a drift check counts a shadow has scored.
///
/// @param version the shadow's
public record ShadowRows(ModelVersion version, long rows) {}
