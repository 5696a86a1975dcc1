package vowcheck.infra;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A node of a template, which may be absent.
record Node(@Nullable Object value) {
    /// The node at the end of a path of keys.
    Node at(String... path) {
        var place = value;
        for (var key : path) {
            place = place instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return new Node(place);
    }

    /// The elements of a list; the node itself if it is not a list; none if it is absent.
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

    /// The value in one line: `${Id}` for a reference, `${Id.Attribute}` for an attribute, `${Stack.Output}`
    /// for another stack's output, the text of a join.
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
            case Map<?, ?> map
            when map.containsKey("Fn::GetStackOutput") ->
                "${" + at("Fn::GetStackOutput", "StackName").text() + "."
                        + at("Fn::GetStackOutput", "OutputName").text() + "}";
            // An element of a split ARN: the ARN itself identifies it.
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
