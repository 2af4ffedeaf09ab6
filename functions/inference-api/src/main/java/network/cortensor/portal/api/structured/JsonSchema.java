package network.cortensor.portal.api.structured;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A customer's schema, which may be anything. Nothing that it refers to is fetched, and its patterns have a bound on their steps, because the
 * time of some grows with the power of two of the text's length.
 */
final class JsonSchema {
    /** No one customer's schema is remembered for another. */
    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .regularExpressionFactory(BoundedPattern::new)
            .build();

    /** Made when a customer first names them; the library has a handful of them with it. */
    private static final Map<String, Schema> DIALECTS = new ConcurrentHashMap<>();

    private final Schema schema;

    private JsonSchema(Schema schema) {
        this.schema = schema;
    }

    /** It is no schema, or none of which all is here. */
    static final class NotOne extends Exception {
        private static final long serialVersionUID = 1;

        NotOne(Throwable cause) {
            super(cause);
        }
    }

    static JsonSchema of(JsonNode json) throws NotOne {
        try {
            Schema schema = registry().getSchema(json);
            schema.initializeValidators();
            if (!dialect(schema).validate(json).isEmpty()) {
                throw new IllegalArgumentException("not a schema by its own dialect");
            }
            return new JsonSchema(schema);
        } catch (RuntimeException | StackOverflowError e) {
            throw new NotOne(e);
        }
    }

    /**
     * What a schema must look like by the dialect that it names. Compiling does not look: json-schema-validator 2.0.8 takes a {@code type} that no
     * value has, after which nothing is valid, and passes over a {@code required} that is no list (findings/json-schema-validator-takes-some-schemas-that-are-none.sh).
     */
    private static Schema dialect(Schema schema) {
        return DIALECTS.computeIfAbsent(
                schema.getSchemaContext().getDialect().getId(), id -> registry().getSchema(SchemaLocation.of(id)));
    }

    /** What cannot be validated in a bounded number of steps is not allowed. */
    boolean allows(JsonNode value) {
        try {
            return schema.validate(value).isEmpty();
        } catch (RuntimeException | StackOverflowError e) {
            return false;
        }
    }

    private static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaCacheEnabled(false)
                        .schemaRegistryConfig(CONFIG)
                        .schemaLoader(loader -> loader.fetchRemoteResources(false)));
    }
}
