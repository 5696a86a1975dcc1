package vowcheck.lambda;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import vowcheck.lambda.documentation.Documentation;

/// The API's OpenAPI document, read by JSON pointers. References are followed.
record OpenApiDocument(JsonNode root) {

    /// Accepts the field `components` in a schema, which holds what its references name.
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDialect(Dialect.builder(Dialects.getDraft202012())
            .keyword(new NonValidationKeyword("components"))
            .build());

    /// The document that the API serves.
    static OpenApiDocument served() {
        return new OpenApiDocument(read(Documentation.class, "openapi.json"));
    }

    /// The same document, except that objects may have only documented fields, as the API's own answers do.
    OpenApiDocument strict() {
        var strict = root.deepCopy();
        strict.findParents("properties").forEach(schema -> ((ObjectNode) schema).put("additionalProperties", false));
        return new OpenApiDocument(strict);
    }

    /// The node at a pointer, or the one that it refers to; a missing node if there is none.
    JsonNode at(String pointer) {
        return followed(root.at(pointer));
    }

    JsonNode followed(JsonNode node) {
        return node.has("$ref") ? at(node.get("$ref").asString().substring(1)) : node;
    }

    /// The faults of a value by one of the document's schemas.
    List<String> faults(JsonNode schema, JsonNode value) {
        var whole = ((ObjectNode) schema.deepCopy()).set("components", root.get("components"));
        return refusals(whole, value);
    }

    /// The faults of the document itself by the OpenAPI Initiative's schema.
    List<String> faults() {
        return refusals(read(OpenApiDocument.class, "/openapi/schema-3.1-2022-10-07.json"), root);
    }

    private static List<String> refusals(JsonNode schema, JsonNode value) {
        return SCHEMAS
                .getSchema(schema)
                .validate(value, run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    private static JsonNode read(Class<?> beside, String name) {
        try (var file = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            return new JsonMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
