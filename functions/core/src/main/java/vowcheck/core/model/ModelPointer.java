package vowcheck.core.model;

import org.jspecify.annotations.Nullable;

/// What serves: the content of `production.json`, written last in every promotion.
///
/// @param version the version in production
/// @param manifestHash SHA-256 of that version's manifest, which holds the model file's
/// @param formerVersion the version that served before, or null for the first one
public record ModelPointer(
        ModelVersion version, Sha256 manifestHash, @Nullable ModelVersion formerVersion) {}
