package vowcheck.core.model;

import java.time.Instant;

/// When, by whom and why a shadow was started.
///
/// @param by the operator's name
public record ShadowStart(Instant at, String by, String reason) {}
