package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes come as a body: the answer is 400 or 413 in the shape of errors, or the request was good after all. */
class MalformedBodiesTest {
    /** A path with a body that is good there. */
    enum Good {
        CHAT("/v1/chat/completions", """
            {"model":"gemma-4-26b","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"Grüße 🐦"}]},\
            {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},\
            {"role":"tool","tool_call_id":"c1","content":"4"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],\
            "max_tokens":50,"temperature":0.5,"stop":["x"],"seed":7,"stream":true,"stream_options":{"include_usage":true}}"""),
        COMPLETIONS("/v1/completions", """
            {"model":"gemma-4-26b","prompt":["Once upon"],"max_tokens":50,"temperature":0.5,"stop":"x","seed":7,"stream":false}"""),
        MESSAGES("/v1/messages", """
            {"model":"gemma-4-26b","max_tokens":50,"system":[{"type":"text","text":"Be brief."}],"messages":[{"role":"user","content":"Grüße 🐦"},\
            {"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"f","input":{"a":1}}]},\
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"4"},{"type":"text","text":"go on"}]}],\
            "tools":[{"name":"f","input_schema":{"type":"object"}}],"stop_sequences":["x"],"top_k":5,"stream":true}""");

        private final String path;
        private final String body;

        Good(String path, String body) {
            this.path = path;
            this.body = body;
        }

        byte[] bytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    private final Rig rig = new Rig();

    static Stream<Arguments> malformed() {
        return Stream.of(Good.values()).flatMap(good -> bodies().map(body -> Arguments.of(good, body)));
    }

    /** A body with a name. */
    record Named(String name, Call.Body body) {
        static Named of(String name, String text) {
            return new Named(name, Call.Body.of(text.getBytes(StandardCharsets.UTF_8)));
        }

        static Named hex(String name, String hex) {
            return new Named(name, Call.Body.of(HexFormat.of().parseHex(hex.replace(" ", ""))));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Named> bodies() {
        return Stream.of(
                Named.of("empty", ""),
                Named.of("blank", " \n\t "),
                Named.of("null", "null"),
                Named.of("a string", "\"{}\""),
                Named.of("a number", "7"),
                Named.of("an array", "[{}]"),
                Named.of("true", "true"),
                Named.of("a form", "model=gpt-oss-20b&messages=hi"),
                Named.of("single quotes", "{'model':'gpt-oss-20b'}"),
                Named.of("a trailing comma", "{\"model\":\"gpt-oss-20b\",}"),
                Named.of("a comment", "{/* hi */\"model\":\"gpt-oss-20b\"}"),
                Named.of("unquoted names", "{model:\"gpt-oss-20b\"}"),
                Named.of("NaN", "{\"model\":\"gpt-oss-20b\",\"temperature\":NaN}"),
                Named.of("a leading zero", "{\"max_tokens\":007}"),
                Named.of("a plus", "{\"max_tokens\":+7}"),
                Named.of("a hex number", "{\"max_tokens\":0x7}"),
                Named.of("a number of 10,000 digits", "{\"max_tokens\":" + "9".repeat(10_000) + "}"),
                Named.of("a huge exponent", "{\"temperature\":1e999999999}"),
                Named.of("trailing garbage", "{} x"),
                Named.of("two objects", "{}{}"),
                Named.of("a trailing brace", "{}}"),
                Named.of("trailing NUL", "{}\0"),
                Named.of("a doubled name", "{\"model\":\"gpt-oss-20b\",\"model\":\"gemma-4-26b\"}"),
                Named.of(
                        "a doubled name in other spelling",
                        "{\"model\":\"gpt-oss-20b\",\"mode\\u006c\":\"gemma-4-26b\"}"),
                Named.of("a doubled name deep inside", "{\"messages\":[{\"role\":\"user\",\"role\":\"system\"}]}"),
                Named.of("a line break in a string", "{\"model\":\"a\nb\"}"),
                Named.of("a control character in a string", "{\"model\":\"a\u0001b\"}"),
                Named.of("an unknown escape", "{\"model\":\"\\x41\"}"),
                Named.of("a short escape", "{\"model\":\"\\u12\"}"),
                Named.of("half a pair in a value", "{\"model\":\"\\ud83d\"}"),
                Named.of("half a pair in a name", "{\"\\udc00\":1}"),
                Named.of("half a pair in what is ignored", "{\"metadata\":[[{\"a\":\"x\\ud800y\"}]]}"),
                Named.of("halves in the wrong order", "{\"model\":\"\\udc26\\ud83d\"}"),
                Named.of("65 arrays deep", "{\"metadata\":" + "[".repeat(65) + "]".repeat(65) + "}"),
                Named.of("100,000 arrays deep", "[".repeat(100_000)),
                Named.of("100,000 objects deep", "{\"a\":".repeat(100_000)),
                Named.of("a byte order mark", "\ufeff{}"),
                Named.of("no space that JSON knows", "\u00a0{}"),
                Named.hex("UTF-16", "feff 007b 007d"),
                Named.hex("UTF-16 without mark", "7b00 7d00"),
                Named.hex("UTF-32", "0000 007b 0000 007d"),
                Named.hex("a lone continuation byte", "7b22 80 223a 317d"),
                Named.hex("a cut sequence", "7b22 f09f90 223a 317d"),
                Named.hex("an overlong slash", "7b22 c0af 223a 317d"),
                Named.hex("a surrogate in UTF-8", "7b22 eda0bd 223a 317d"),
                Named.hex("beyond Unicode", "7b22 f4908080 223a 317d"),
                Named.hex("latin-1", "7b22 e4f6fc 223a 317d"),
                Named.hex("gzip", "1f8b 0800 0000 0000 00ff aaae 0500 43bf a6a3 0200 0000"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("malformed")
    void isRefusedInTheShapeOfErrors(Good good, Named malformed) {
        Call call = Call.post(good.path, "");

        assertRefused(good, rig.call(new Call(call.method(), call.path(), call.headers(), malformed.body())));
    }

    static Stream<Arguments> truncated() {
        return Stream.of(Good.values())
                .flatMap(
                        good -> IntStream.range(0, good.bytes().length).mapToObj(length -> Arguments.of(good, length)));
    }

    @ParameterizedTest(name = "{0} cut to {1} bytes")
    @MethodSource("truncated")
    void aTruncatedBodyIsRefused(Good good, int length) {
        assertRefused(good, rig.call(Call.post(good.path, Arrays.copyOf(good.bytes(), length))));
    }

    static Stream<Arguments> seeds() {
        return Stream.of(Good.values())
                .flatMap(good -> IntStream.range(0, 300).mapToObj(seed -> Arguments.of(good, seed)));
    }

    @ParameterizedTest(name = "{0} seed {1}")
    @MethodSource("seeds")
    void aMutatedBodyIsRefusedUnlessItIsGoodOrNamesAnotherModel(Good good, int seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] body = good.bytes();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            body = mutate(body, random);
        }

        Answer answer = rig.call(Call.post(good.path, body));

        if (answer.status() != 200 && answer.status() != 404) {
            assertRefused(good, answer);
        }
    }

    private static byte[] mutate(byte[] body, RandomGenerator random) {
        int at = random.nextInt(body.length);
        int end = Math.min(body.length, at + random.nextInt(1, 20));
        List<String> intruders = List.of(
                "", "null", "[]", "{}", "\"\"", "-1", "1e99", "true", "[[[[", "\"", ",", "\\u0000", "\\ud800", "\u0000",
                "🐦", "{\"a\":");
        byte[] intruder = intruders.get(random.nextInt(intruders.size())).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream mutated = new ByteArrayOutputStream();
        mutated.write(body, 0, at);
        switch (random.nextInt(4)) {
            case 0 -> mutated.write(random.nextInt(256));
            case 1 -> mutated.writeBytes(intruder);
            case 2 -> mutated.writeBytes(Arrays.copyOfRange(body, at, end));
            default -> at = end;
        }
        mutated.write(body, at, body.length - at);
        return mutated.toByteArray();
    }

    private static void assertRefused(Good good, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(400, 413);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
        JsonNode error = answer.json().path("error");
        assertThat(error.path("message").asText()).isNotEmpty();
        switch (good) {
            case CHAT, COMPLETIONS -> {
                assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
                assertThat(error.properties()).hasSize(4);
                assertThat(error.has("param")).isTrue();
                assertThat(error.has("code")).isTrue();
            }
            case MESSAGES -> {
                assertThat(answer.json().path("type").asText()).isEqualTo("error");
                assertThat(error.path("type").asText()).isIn("invalid_request_error", "request_too_large");
                assertThat(error.properties()).hasSize(2);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void theBodiesThatAreMutatedAreGood(Good good) {
        assertThat(rig.call(Call.post(good.path, good.bytes())).status()).isEqualTo(200);
    }
}
