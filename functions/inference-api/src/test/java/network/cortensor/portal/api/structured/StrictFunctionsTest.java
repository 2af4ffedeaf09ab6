package network.cortensor.portal.api.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import network.cortensor.portal.api.anthropic.MessagesFormat;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.http.Body;
import network.cortensor.portal.api.json.JsonBody;
import network.cortensor.portal.api.openai.ChatFormat;
import network.cortensor.portal.api.responses.ResponsesFormat;
import network.cortensor.portal.api.wire.Draft;
import network.cortensor.portal.api.wire.WireFormat;
import network.cortensor.portal.completion.ArgumentCheck;
import network.cortensor.portal.completion.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictFunctionsTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private static Draft read(WireFormat format, String fields) throws Rejection {
        String body = "{\"model\":\"m\"," + fields + "}";
        return StrictFunctions.checked(format.read(JsonBody.read(new Body(body.getBytes(StandardCharsets.UTF_8))))
                .draft());
    }

    private static ArgumentCheck check(String parameters) throws Rejection {
        return read(
                        new ChatFormat(),
                        MESSAGES
                                + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true,\"parameters\":"
                                + parameters + "}},{\"type\":\"function\",\"function\":{\"name\":\"g\",\"parameters\":"
                                + parameters + "}}]")
                .tools()
                .orElseThrow()
                .check();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
        {"properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false} | {"n":1}         | true
        {"properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false} | {"n":1.0}       | true
        {"properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false} | {"n":"1"}       | false
        {"properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false} | {}              | false
        {"properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false} | {"n":1,"m":2}   | false
        {"properties":{"n":{"type":["string","null"]}}}                                       | {"n":null}      | true
        {"properties":{"n":{"anyOf":[{"type":"integer"},{"enum":["all"]}]}}}                  | {"n":"all"}     | true
        {"properties":{"n":{"anyOf":[{"type":"integer"},{"enum":["all"]}]}}}                  | {"n":"some"}    | false
        {"properties":{"n":{"$ref":"#/$defs/d"}},"$defs":{"d":{"type":"array","items":{"$ref":"#/$defs/d"}}}} | {"n":[[],[[]]]} | true
        {"properties":{"n":{"$ref":"#/$defs/d"}},"$defs":{"d":{"type":"array","items":{"$ref":"#/$defs/d"}}}} | {"n":[[],[1]]}  | false
        {"properties":{"n":{"type":"string","pattern":"^a+$","maxLength":2}}}                 | {"n":"aaa"}     | false
        {"properties":{"n":{"if":{"const":1},"then":false}}}                                  | {"n":1}         | false
        {"properties":{"n":{"prefixItems":[{"type":"null"}],"uniqueItems":true}}}             | {"n":[null,1,1]} | false
        {"x-order":["n"],"properties":{"n":{"format":"made-up","nullable":true}}}             | {"n":5}         | true
        {"$schema":"http://json-schema.org/draft-07/schema#","properties":{"n":{"items":[{"type":"null"}]}}} | {"n":[null]} | true
        {}                                                                                    | {"n":5}         | true
        """)
    void argumentsFitTheSchemaOfAStrictFunction(String parameters, String arguments, boolean fit) throws Rejection {
        assertThat(check(parameters).fit("f", new JsonText(arguments))).isEqualTo(fit);
        assertThat(check(parameters).fit("g", new JsonText(arguments)))
                .as("not strict")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"properties\":{\"n\":{\"type\":\"string\",\"pattern\":\"(\"}}}",
                "{\"$ref\":\"#/nowhere\"}",
                "{\"properties\":{\"n\":{\"type\":\"strng\"}}}",
                "{\"properties\":{\"n\":{\"anyOf\":[{\"type\":5}]}}}",
                "{\"properties\":{\"n\":{\"type\":\"string\",\"required\":true}}}",
                "{\"required\":\"n\"}",
                "{\"properties\":[\"n\"]}",
                "{\"additionalProperties\":\"no\"}",
                "{\"properties\":{\"n\":{\"multipleOf\":0}}}",
                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"properties\":{\"n\":{\"type\":\"strng\"}}}",
                "{\"$schema\":\"https://elsewhere.example/dialect\"}",
                "{\"properties\":{\"n\":{\"$ref\":\"https://elsewhere.example/schema\"}}}"
            })
    void whatIsNoSchemaIsRefusedWhereItIsToBeStrict(String parameters) {
        assertThatThrownBy(() -> check(parameters))
                .isInstanceOf(Rejection.class)
                .satisfies(thrown ->
                        assertThat(((Rejection) thrown).error().param()).contains("tools"));
    }

    @Test
    void everyFormatKnowsStrictFunctions() throws Rejection {
        String parameters = "{\"type\":\"object\",\"required\":[\"n\"]}";
        Draft anthropic = read(
                new MessagesFormat(),
                "\"max_tokens\":9," + MESSAGES + ",\"tools\":[{\"name\":\"f\",\"strict\":true,\"input_schema\":"
                        + parameters + "}]");
        Draft responses = read(
                new ResponsesFormat(),
                "\"input\":\"hi\",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"strict\":true,\"parameters\":"
                        + parameters + "}]");

        for (Draft draft : new Draft[] {anthropic, responses}) {
            assertThat(draft.tools().orElseThrow().check().fit("f", new JsonText("{}")))
                    .isFalse();
        }
    }

    @Test
    void withoutStrictFunctionsNothingIsChecked() throws Rejection {
        Draft draft = read(
                new ResponsesFormat(),
                "\"input\":\"hi\",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{\"type\":5}}]");

        assertThat(draft.tools().orElseThrow().check()).isSameAs(ArgumentCheck.ANY);
    }
}
