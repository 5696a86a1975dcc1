package vowcheck.infra;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A place in a template, which may be empty.
record Node(@Nullable Object value) {
    /// The place at the end of a path of keys.
    Node at(String... path) {
        var place = value;
        for (var key : path) {
            place = place instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return new Node(place);
    }

    /// The elements of a list; of anything else, itself; of nothing, none.
    List<Node> list() {
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list.stream().map(Node::new).toList();
            default -> List.of(this);
        };
    }

    @SuppressWarnings("unchecked") // templates are JSON: every key is a string
    Map<String, Object> map() {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    /// The value in one line: `${Id}` for a reference, `${Id.Attribute}` for an attribute, joins joined.
    String text() {
        return switch (value) {
            case null -> "";
            case Map<?, ?> map when map.containsKey("Ref") -> "${" + map.get("Ref") + "}";
            case Map<?, ?> map
            when map.containsKey("Fn::GetAtt") ->
                "${" + at("Fn::GetAtt").list().stream().map(Node::text).collect(Collectors.joining(".")) + "}";
            case Map<?, ?> map
            when map.containsKey("Fn::ImportValue") ->
                "${" + at("Fn::ImportValue").text() + "}";
            // An element of a split ARN: what was split says enough.
            case Map<?, ?> map
            when map.containsKey("Fn::Select") ->
                at("Fn::Select").list().getLast().text();
            case Map<?, ?> map
            when map.containsKey("Fn::Split") ->
                at("Fn::Split").list().getLast().text();
            case Map<?, ?> map
            when map.containsKey("Fn::Join") ->
                at("Fn::Join").list().getLast().list().stream().map(Node::text).collect(Collectors.joining());
            default -> Objects.toString(value);
        };
    }

    boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }
}
