package vowcheck.core.drift;

import vowcheck.core.model.ModelVersion;

/// How many of the applications that a drift check counts have a score of the shadow.
///
/// @param version the shadow's version
public record ShadowRows(ModelVersion version, long rows) {}
