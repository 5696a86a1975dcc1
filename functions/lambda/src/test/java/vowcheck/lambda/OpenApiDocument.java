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

/// The API's OpenAPI document, read by JSON pointers; references are followed.
record OpenApiDocument(JsonNode root) {

    /// Knows the field `components`, so that a schema may bring what its references name.
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDialect(Dialect.builder(Dialects.getDraft202012())
            .keyword(new NonValidationKeyword("components"))
            .build());

    /// The document that the API serves.
    static OpenApiDocument served() {
        return new OpenApiDocument(read(Documentation.class, "openapi.json"));
    }

    /// The same document, in which no object has more fields than are written down: our own answers have none.
    OpenApiDocument strict() {
        var strict = root.deepCopy();
        strict.findParents("properties").forEach(schema -> ((ObjectNode) schema).put("additionalProperties", false));
        return new OpenApiDocument(strict);
    }

    /// What the pointer names, or what that refers to; a missing node where there is nothing.
    JsonNode at(String pointer) {
        return followed(root.at(pointer));
    }

    JsonNode followed(JsonNode node) {
        return node.has("$ref") ? at(node.get("$ref").asString().substring(1)) : node;
    }

    /// What is wrong with a value under one of the document's schemas.
    List<String> faults(JsonNode schema, JsonNode value) {
        var whole = ((ObjectNode) schema.deepCopy()).set("components", root.get("components"));
        return refusals(whole, value);
    }

    /// What is wrong with the document itself, as of the OpenAPI Initiative's schema.
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
