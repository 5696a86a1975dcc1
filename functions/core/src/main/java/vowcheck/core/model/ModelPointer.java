package vowcheck.core.model;

import org.jspecify.annotations.Nullable;

/// What serves: the content of `production.json`, written last in every promotion.
///
/// @param version the version in production
/// @param manifestSha256 SHA-256 of that version's manifest in lower-case hexadecimal; the manifest holds the model's
/// @param formerVersion the version that served before, or null for the first one
public record ModelPointer(ModelVersion version, String manifestSha256, @Nullable ModelVersion formerVersion) {}
