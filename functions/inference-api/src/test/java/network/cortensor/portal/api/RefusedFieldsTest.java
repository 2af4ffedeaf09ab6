package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every field that is checked, with values that it must not have and the name that the customer reads. */
class RefusedFieldsTest {
    private static final String USER = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private final ApiRig rig = new ApiRig();

    private void assertRefused(String path, String body, String param) {
        CustomerAnswer answer = rig.call(Call.post(path, body));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
        assertThat(answer.json().at("/error/message").asText()).startsWith(param + ": ");
        assertThat(answer.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(rig.jobs).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"model\":5 | model",
                "\"model\":null | model",
                "\"temperature\":-0.1 | temperature",
                "\"temperature\":2.1 | temperature",
                "\"temperature\":\"hot\" | temperature",
                "\"temperature\":1e999 | temperature",
                "\"top_p\":1.5 | top_p",
                "\"presence_penalty\":-3 | presence_penalty",
                "\"frequency_penalty\":3 | frequency_penalty",
                "\"seed\":1.5 | seed",
                "\"seed\":9223372036854775808 | seed",
                "\"max_tokens\":0 | max_tokens",
                "\"max_tokens\":-1 | max_tokens",
                "\"max_tokens\":1.5 | max_tokens",
                "\"max_tokens\":\"5\" | max_tokens",
                "\"max_tokens\":99999999999 | max_tokens",
                "\"max_tokens\":1001 | max_tokens",
                "\"max_completion_tokens\":1001 | max_completion_tokens",
                "\"stop\":5 | stop",
                "\"stop\":\"\" | stop",
                "\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"] | stop",
                "\"stop\":[\"a\",5] | stop[1]",
                "\"stream\":\"true\" | stream",
                "\"stream_options\":{\"include_usage\":true} | stream_options",
                "\"stream\":true,\"stream_options\":{\"include_usage\":1} | stream_options.include_usage",
                "\"stream\":true,\"stream_options\":[] | stream_options",
                "\"reasoning_effort\":\"wild\" | reasoning_effort",
                "\"n\":2 | n",
                "\"n\":0 | n",
                "\"logprobs\":true | logprobs",
                "\"top_logprobs\":3 | top_logprobs",
                "\"logit_bias\":{\"50256\":-100} | logit_bias",
                "\"modalities\":[\"text\",\"audio\"] | modalities",
                "\"audio\":{\"voice\":\"alloy\",\"format\":\"mp3\"} | audio",
                "\"functions\":[{\"name\":\"f\"}] | functions",
                "\"function_call\":\"auto\" | function_call",
                "\"parallel_tool_calls\":\"no\" | parallel_tool_calls",
                "\"web_search_options\":{\"search_context_size\":\"low\"} | web_search_options",
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{\"pattern\":\"(\"}}}"
                        + " | response_format",
                "\"response_format\":{\"type\":\"json_schema\"} | response_format.json_schema",
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":5}} |"
                        + " response_format.json_schema.schema",
                "\"response_format\":{\"type\":\"grammar\"} | response_format.type",
                "\"response_format\":\"json\" | response_format",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}] | tools",
                "\"tools\":{} | tools",
                "\"tools\":[5] | tools[0]",
                "\"tools\":[{\"type\":\"web_search\"}] | tools[0].type",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"\"}}] | tools[0].function.name",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":[]}}] |"
                        + " tools[0].function.parameters",
                "\"tool_choice\":\"required\" | tool_choice",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":\"must\" |"
                        + " tool_choice",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":{\"type\":\"function\"}"
                        + " | tool_choice.function"
            })
    void ofChat(String fields, String param) {
        String model = fields.startsWith("\"model\"") ? "" : "\"model\":\"gpt-oss-20b\",";

        assertRefused("/v1/chat/completions", "{" + model + fields + "," + USER + "}", param);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null | messages",
                "\"hi\" | messages",
                "[] | messages",
                "{} | messages",
                "[5] | messages[0]",
                "[{}] | messages[0].role",
                "[{\"role\":\"user\"}] | messages[0].content",
                "[{\"role\":\"user\",\"content\":null}] | messages[0].content",
                "[{\"role\":\"user\",\"content\":5}] | messages[0].content",
                "[{\"role\":\"user\",\"content\":{}}] | messages[0].content",
                "[{\"role\":\"user\",\"content\":[]}] | messages[0].content",
                "[{\"role\":\"user\",\"content\":[\"hi\"]}] | messages[0].content[0]",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}] | messages[0].content[0].text",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":5}]}] | messages[0].content[0].text",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\",\"input_audio\":{}}]}] |"
                        + " messages[0].content[0].type",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{}}]}] | messages[0].content[0].type",
                "[{\"role\":\"system\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example\"}}]}]"
                        + " | messages[0].content[0].type",
                "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"b\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example\"}}]}]"
                        + " | messages[1].content[1]",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"file:///etc\"}}]}]"
                        + " | messages[0].content[0].image_url.url",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":\"https://a.example\"}]}] |"
                        + " messages[0].content[0].image_url",
                "[{\"role\":\"root\",\"content\":\"hi\"}] | messages[0].role",
                "[{\"role\":\"function\",\"content\":\"hi\"}] | messages[0].role",
                "[{\"role\":5,\"content\":\"hi\"}] | messages[0].role",
                "[{\"role\":\"assistant\"}] | messages[0].content",
                "[{\"role\":\"assistant\",\"content\":null,\"function_call\":{\"name\":\"f\"}}] |"
                        + " messages[0].function_call",
                "[{\"role\":\"assistant\",\"content\":\"a\",\"audio\":{\"id\":\"x\"}}] | messages[0].audio",
                "[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"custom\"}]}] |"
                        + " messages[0].tool_calls[0].type",
                "[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":{}}}]}]"
                        + " | messages[0].tool_calls[0].function.arguments",
                "[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}]"
                        + " | messages[0].tool_calls",
                "[{\"role\":\"tool\",\"content\":\"a\"}] | messages[0].tool_call_id",
                "[{\"role\":\"tool\",\"content\":\"a\",\"tool_call_id\":\"c\"}] | messages[0].tool_call_id"
            })
    void ofChatMessages(String messages, String param) {
        assertRefused("/v1/chat/completions", "{\"model\":\"gpt-oss-20b\",\"messages\":" + messages + "}", param);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"prompt\":null | prompt",
                "\"prompt\":\"\" | prompt",
                "\"prompt\":5 | prompt",
                "\"prompt\":[] | prompt",
                "\"prompt\":[\"a\",\"b\"] | prompt",
                "\"prompt\":[5] | prompt[0]",
                "\"prompt\":[[5,6]] | prompt[0]",
                "\"prompt\":\"a\",\"best_of\":3 | best_of",
                "\"prompt\":\"a\",\"n\":3 | n",
                "\"prompt\":\"a\",\"echo\":true | echo",
                "\"prompt\":\"a\",\"suffix\":\"z\" | suffix",
                "\"prompt\":\"a\",\"logprobs\":5 | logprobs",
                "\"prompt\":\"a\",\"logit_bias\":{\"5\":5} | logit_bias",
                "\"prompt\":\"a\",\"max_tokens\":1001 | max_tokens",
                "\"prompt\":\"a\",\"temperature\":5 | temperature"
            })
    void ofCompletions(String fields, String param) {
        assertRefused("/v1/completions", "{\"model\":\"gpt-oss-20b\"," + fields + "}", param);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"max_tokens\":null | max_tokens",
                "\"max_tokens\":0 | max_tokens",
                "\"temperature\":1.5 | temperature",
                "\"top_p\":2 | top_p",
                "\"top_k\":0 | top_k",
                "\"stop_sequences\":\"a\" | stop_sequences",
                "\"stop_sequences\":[\"\"] | stop_sequences[0]",
                "\"stream\":1 | stream",
                "\"system\":5 | system",
                "\"system\":[{\"type\":\"image\"}] | system[0].type",
                "\"system\":[{\"type\":\"text\"}] | system[0].text",
                "\"output_format\":{\"type\":\"json_schema\"} | output_format.schema",
                "\"mcp_servers\":[{}] | mcp_servers",
                "\"tools\":[{\"name\":\"f\",\"input_schema\":{}}] | tools",
                "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"f\"}] | tools[0].type",
                "\"tools\":[{\"name\":\"f\"}] | tools[0].input_schema",
                "\"tool_choice\":{\"type\":\"must\"} | tool_choice.type",
                "\"tool_choice\":{\"type\":\"tool\"} | tool_choice.name",
                "\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":\"yes\"} |"
                        + " tool_choice.disable_parallel_tool_use",
                "\"messages\":null | messages",
                "\"messages\":[] | messages",
                "\"messages\":[{\"role\":\"developer\",\"content\":\"hi\"}] | messages[0].role",
                "\"messages\":[{\"role\":\"user\"}] | messages[0].content",
                "\"messages\":[{\"role\":\"user\",\"content\":[]}] | messages[0].content",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"base64\",\"data\":\"JVBERi0=\"}}]}]"
                        + " | messages[0].content[0].source.type",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://a.example\"}}]}]"
                        + " | messages[0].content[0]",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/tiff\"}}]}]"
                        + " | messages[0].content[0].source.media_type",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"content\":\"a\"}]}] |"
                        + " messages[0].content[0].tool_use_id",
                "\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":\"{}\"}]}]"
                        + " | messages[0].content[0].input",
                "\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}]}]"
                        + " | messages[0].content[0]"
            })
    void ofMessages(String fields, String param) {
        String maxTokens = fields.startsWith("\"max_tokens\"") ? "" : "\"max_tokens\":5,";
        String messages = fields.startsWith("\"messages\"") ? "" : "," + USER;

        assertRefused("/v1/messages", "{\"model\":\"gpt-oss-20b\"," + maxTokens + fields + messages + "}", param);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"n\":1",
                "\"n\":1.0",
                "\"max_tokens\":5.0",
                "\"n\":null",
                "\"logprobs\":false",
                "\"logit_bias\":{}",
                "\"logit_bias\":null",
                "\"modalities\":[\"text\"]",
                "\"audio\":null",
                "\"functions\":[]",
                "\"parallel_tool_calls\":true",
                "\"parallel_tool_calls\":false",
                "\"response_format\":{\"type\":\"text\"}",
                "\"tools\":[]",
                "\"tools\":null",
                "\"tool_choice\":\"none\"",
                "\"stop\":null",
                "\"stop\":[]",
                "\"max_tokens\":null",
                "\"stream\":null",
                "\"stream\":false",
                "\"store\":true,\"user\":\"u\",\"metadata\":{\"a\":\"b\"},\"service_tier\":\"auto\"",
                "\"prompt_cache_key\":\"k\",\"verbosity\":\"low\",\"made_up\":[{}]"
            })
    void whatAsksForNothingIsNoReasonToRefuse(String fields) {
        CustomerAnswer answer =
                rig.call(Call.post("/v1/chat/completions", "{\"model\":\"gpt-oss-20b\"," + fields + "," + USER + "}"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
