package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
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

    private final ApiRig rig = new ApiRig();

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("bodies")
    void whatIsNoJsonObjectIsRefused(Good good, String name, String body) {
        assertRefused(good, rig.call(Call.post(good.path, body)));
    }

    static Stream<Arguments> bodies() {
        return forAll(
                named("empty", ""),
                named("blank", " \n\t "),
                named("null", "null"),
                named("a string", "\"{}\""),
                named("a number", "7"),
                named("an array", "[{}]"),
                named("true", "true"),
                named("an empty object", "{}"),
                named("a form", "model=gpt-oss-20b&messages=hi"),
                named("100,000 arrays deep", "[".repeat(100_000)),
                named("100,000 objects deep", "{\"a\":".repeat(100_000)));
    }

    /** Each of these stands in front of the members of a good body, so that nothing else is wrong with it. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("members")
    void aGoodBodyWithOneBadMemberIsRefused(Good good, String name, String member) {
        assertRefused(good, rig.call(Call.post(good.path, "{" + member + "," + good.body.substring(1))));
    }

    static Stream<Arguments> members() {
        return forAll(
                named("single quotes", "'x':1"),
                named("a doubled comma", "\"x\":1,"),
                named("a comment", "/* hi */\"x\":1"),
                named("a line comment", "//hi\n\"x\":1"),
                named("an unquoted name", "x:1"),
                named("a name without a value", "\"x\""),
                named("NaN", "\"x\":NaN"),
                named("infinity", "\"x\":Infinity"),
                named("a leading zero", "\"x\":007"),
                named("a plus", "\"x\":+7"),
                named("a hex number", "\"x\":0x7"),
                named("a leading point", "\"x\":.5"),
                named("a trailing point", "\"x\":5."),
                named("a number of 10,000 digits", "\"x\":" + "9".repeat(10_000)),
                named("a fraction of 10,000 digits", "\"x\":0." + "9".repeat(10_000)),
                named("a doubled name", "\"x\":1,\"x\":1"),
                named("a doubled name in other spelling", "\"x\":1,\"\\u0078\":1"),
                named("a doubled name deep inside", "\"x\":[{\"a\":[{\"b\":1,\"b\":2}]}]"),
                named("another model first", "\"model\":\"gpt-oss-20b\""),
                named("a line break in a string", "\"x\":\"a\nb\""),
                named("a control character in a string", "\"x\":\"a\u0001b\""),
                named("an unknown escape", "\"x\":\"\\x41\""),
                named("a short escape", "\"x\":\"\\u12\""),
                named("half a pair in a value", "\"x\":\"\\ud83d\""),
                named("half a pair in a name", "\"\\udc00\":1"),
                named("half a pair deep inside", "\"x\":[[{\"a\":[\"x\\ud800y\"]}]]"),
                named("halves in the wrong order", "\"x\":\"\\udc26\\ud83d\""),
                named("65 deep", "\"x\":" + "[".repeat(64) + "]".repeat(64)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("encodings")
    void aGoodBodyInBadBytesIsRefused(Good good, String name, UnaryOperator<byte[]> spoil) {
        assertRefused(good, rig.call(Call.post(good.path, spoil.apply(good.bytes()))));
    }

    static Stream<Arguments> encodings() {
        return forAll(
                spoiled("trailing garbage", body -> joined(body, " x")),
                spoiled("two objects", body -> joined(body, "{}")),
                spoiled("a trailing brace", body -> joined(body, "}")),
                spoiled("a trailing NUL", body -> joined(body, "\0")),
                spoiled("a byte order mark", body -> joined("\ufeff", body)),
                spoiled("a blank that is none in JSON", body -> joined("\u00a0", body)),
                spoiled("UTF-16", body -> text(body).getBytes(StandardCharsets.UTF_16)),
                spoiled("UTF-16 without mark", body -> text(body).getBytes(StandardCharsets.UTF_16LE)),
                spoiled("UTF-32", body -> text(body).getBytes(StandardCharsets.UTF_32)),
                spoiled("a lone continuation byte", body -> withName(body, "80")),
                spoiled("a cut sequence", body -> withName(body, "f09f90")),
                spoiled("an overlong slash", body -> withName(body, "c0af")),
                spoiled("a surrogate in UTF-8", body -> withName(body, "eda0bd")),
                spoiled("beyond Unicode", body -> withName(body, "f4908080")),
                spoiled("latin-1", body -> withName(body, "e4f6fc")));
    }

    /** A good body with one more member, of a name in these bytes. */
    private static byte[] withName(byte[] body, String hex) {
        ByteArrayOutputStream spoiled = new ByteArrayOutputStream();
        spoiled.writeBytes(utf8("{\""));
        spoiled.writeBytes(HexFormat.of().parseHex(hex));
        spoiled.writeBytes(utf8("\":1,"));
        spoiled.write(body, 1, body.length - 1);
        return spoiled.toByteArray();
    }

    private static byte[] joined(byte[] body, String more) {
        return utf8(text(body) + more);
    }

    private static byte[] joined(String before, byte[] body) {
        return utf8(before + text(body));
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Object[] named(String name, String text) {
        return new Object[] {name, text};
    }

    private static Object[] spoiled(String name, UnaryOperator<byte[]> spoil) {
        return new Object[] {name, spoil};
    }

    private static Stream<Arguments> forAll(Object[]... rows) {
        return Stream.of(Good.values()).flatMap(good -> Stream.of(rows).map(row -> Arguments.of(good, row[0], row[1])));
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

        CustomerAnswer answer = rig.call(Call.post(good.path, body));

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

    private static void assertRefused(Good good, CustomerAnswer answer) {
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
