package vowcheck.adapters.clients;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonFaults;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.clients.ApiKey;
import vowcheck.core.clients.ClientKeys;
import vowcheck.core.clients.IssuedKey;

/// The text of a client's secret: `{"keys":[{"value","created","valid_until"}]}`, oldest first. A key without an
/// end has no `valid_until`.
public final class ClientKeysJson {

    private ClientKeysJson() {}

    /// Writes the keys in one line.
    public static String write(ClientKeys keys) {
        return new JsonObject()
                .with("keys", keys.keys().stream().map(ClientKeysJson::entry).toList())
                .json();
    }

    /// Throws [IllegalArgumentException] naming what is missing or of another type, without its value.
    public static ClientKeys read(String json) {
        return new ClientKeys(JsonDocument.parse(json, JsonFaults.DISCREET).documents("keys").stream()
                .map(ClientKeysJson::key)
                .toList());
    }

    private static JsonObject entry(IssuedKey key) {
        return new JsonObject()
                .with("value", key.key().value())
                .with("created", key.created().toString())
                .withPresent("valid_until", key.end().map(Instant::toString));
    }

    private static IssuedKey key(JsonDocument entry) {
        var end = entry.has("valid_until") ? Optional.of(instant(entry, "valid_until")) : Optional.<Instant>empty();
        return new IssuedKey(entry.value("value", ApiKey::new), instant(entry, "created"), end.orElse(null));
    }

    static Instant instant(JsonDocument document, String field) {
        return document.value(field, text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("no time of ISO 8601", e);
            }
        });
    }
}
