package network.cortensor.portal.api.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.http.Body;
import network.cortensor.portal.api.json.JsonBody;
import network.cortensor.portal.api.openai.ChatFormat;
import network.cortensor.portal.dispatch.AnswerCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormsTest {
    private static final String PLACE = """
        {"type":"object","required":["name","height"],"additionalProperties":false,"properties":{"name":{"type":"string","pattern":"^[A-Z]"},\
        "height":{"type":"integer","minimum":0},"near":{"$ref":"#/$defs/near"}},"$defs":{"near":{"type":"array","items":{"type":"string"}}}}\
        """;

    private static AnswerCheck form(String format) throws Rejection {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"response_format\":"
                + format + "}";
        return JsonForms.of(new ChatFormat()
                .read(JsonBody.read(new Body(body.getBytes(StandardCharsets.UTF_8))))
                .draft());
    }

    private static AnswerCheck schema(String schema) throws Rejection {
        return form("{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":" + schema + "}}");
    }

    @Test
    void textMayBeAnything() throws Rejection {
        assertThat(form("{\"type\":\"text\"}").isAny()).isTrue();
        assertThat(form("null").isAny()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | true",
                "~{\"a\": [1]}~ | true",
                "[] | false",
                "\"a\" | false",
                "{\"a\":1 | false",
                "{} {} | false",
                "---json~{}~--- | false",
                "Here it is: {} | false",
                "`` | false"
            })
    void anObjectIsOneAndNothingElse(String text, boolean fits) throws Rejection {
        assertThat(form("{\"type\":\"json_object\"}").fits(text.replace('~', '\n')))
                .isEqualTo(fits);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"Kiel\",\"height\":5} | true",
                "{\"height\":5.0,\"name\":\"Kiel\",\"near\":[\"sea\"]} | true",
                "{\"name\":\"Kiel\"} | false",
                "{\"name\":\"kiel\",\"height\":5} | false",
                "{\"name\":\"Kiel\",\"height\":\"5\"} | false",
                "{\"name\":\"Kiel\",\"height\":-1} | false",
                "{\"name\":\"Kiel\",\"height\":5,\"more\":1} | false",
                "{\"name\":\"Kiel\",\"height\":5,\"near\":[1]} | false",
                "{\"name\":\"Kiel\",\"height\":5 | false"
            })
    void anAnswerFitsItsSchema(String text, boolean fits) throws Rejection {
        assertThat(schema(PLACE).fits(text)).isEqualTo(fits);
    }

    @Test
    void aSchemaNeedNotBeOfAnObject() throws Rejection {
        assertThat(schema("{\"type\":\"array\"}").fits("[1]")).isTrue();
        assertThat(schema("{\"enum\":[\"a\",\"b\"]}").fits("\"c\"")).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{\"type\":\"objekt\"}",
                "{\"$ref\":\"#/nowhere\"}",
                "{\"type\":\"strng\"}",
                "{\"properties\":{\"n\":{\"enum\":\"a\"}}}",
                "{\"$ref\":\"http://127.0.0.1:9/schema.json\"}",
                "{\"$ref\":\"file:///etc/passwd\"}",
                "{\"pattern\":\"(\"}"
            })
    void whatIsNoSchemaOrNotAllHereIsRefusedOrFitsNothing(String schema) {
        try {
            assertThat(schema(schema).fits("\"x\"")).isFalse();
        } catch (Rejection rejection) {
            assertThat(rejection.error().param()).contains("response_format");
            assertThat(rejection.error().row().status()).isEqualTo(400);
        }
    }

    @Test
    void aPatternThatWouldTakeForEverGivesUp() throws Rejection {
        assertThat(schema("{\"type\":\"string\",\"pattern\":\"^(a+)+$\"}").fits("\"" + "a".repeat(5_000) + "!\""))
                .isFalse();
    }

    @Test
    void aSchemaThatRefersToItselfIsOne() throws Rejection {
        AnswerCheck tree = schema(
                "{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#\"}},\"additionalProperties\":false}");

        assertThat(tree.fits("{\"next\":{\"next\":{}}}")).isTrue();
        assertThat(tree.fits("{\"next\":{\"last\":{}}}")).isFalse();
    }

    @Test
    void aRefusalNamesTheField() {
        assertThatThrownBy(() -> schema("{\"pattern\":\"(\"}")).isInstanceOf(Rejection.class);
    }
}
