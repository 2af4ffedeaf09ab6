package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.cortensor.portal.api.anthropic.MessagesFormat;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.RecordedBody;
import network.cortensor.portal.api.openai.ChatFormat;
import network.cortensor.portal.api.openai.CompletionsFormat;
import network.cortensor.portal.api.responses.ResponsesFormat;
import network.cortensor.portal.api.wire.WireFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The described fields of requests are the fields that the readers take and refuse. Bodies are grown from the description's own examples
 * by random changes, from all names that either side knows: both must say the same of each.
 */
class DescribedFieldsTest {
    private static final int CHANGED_BODIES = 2_000;

    private final Description description = Description.served();

    /** A format and what describes it. */
    record Case(WireFormat format, String schema) {
        @Override
        public String toString() {
            return schema;
        }

        String pointer() {
            return "/components/schemas/" + schema;
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case(new ChatFormat(), "ChatCompletionRequest"),
                new Case(new CompletionsFormat(), "CompletionRequest"),
                new Case(new MessagesFormat(), "MessageRequest"),
                new Case(new ResponsesFormat(), "ResponseRequest"));
    }

    static Stream<Arguments> seeds() {
        return cases().stream().flatMap(each -> IntStream.range(0, 3).mapToObj(seed -> Arguments.of(each, seed)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theExamplesAreTaken(Case each) {
        assertThat(examples(each)).hasSizeGreaterThanOrEqualTo(2).allSatisfy(example -> {
            assertThat(description.errors(each.pointer(), example)).isEmpty();
            assertThat(taken(each, new RecordedBody(), example))
                    .as(example.toString())
                    .isTrue();
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void boundsAndWordsAreWhereTheReaderHasThem(Case each) {
        BodiesAtBounds bodies = new BodiesAtBounds(
                description.document().at("/components/schemas"), description.properties(each.pointer()));
        RecordedBody recorded = new RecordedBody();
        for (JsonNode example : examples(each)) {
            bodies.of(example, body -> assertJudgedAlike(each, body, taken(each, recorded, body)));
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("seeds")
    void descriptionAndReaderJudgeAlike(Case each, int seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        RecordedBody recorded = new RecordedBody();
        Set<String> names = new TreeSet<>(description.properties(each.pointer()));
        BodyChanges changes = new BodyChanges(random, examples(each));
        int takenBodies = 0;
        for (int i = 0; i < CHANGED_BODIES; i++) {
            names.addAll(recorded.asked());
            JsonNode body = changes.next(List.copyOf(names));
            boolean taken = taken(each, recorded, body);
            takenBodies += taken ? 1 : 0;

            assertJudgedAlike(each, body, taken);
        }
        assertThat(takenBodies).as("bodies that were taken").isBetween(CHANGED_BODIES / 20, CHANGED_BODIES * 19 / 20);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everyFieldThatIsReadIsDescribedAndEveryDescribedOneRead(Case each) {
        RecordedBody recorded = new RecordedBody();
        BodyChanges changes =
                new BodyChanges(RandomGeneratorFactory.of("L64X128MixRandom").create(11), examples(each));
        List<String> names = List.copyOf(description.properties(each.pointer()));
        examples(each).forEach(example -> taken(each, recorded, example));
        for (int i = 0; i < CHANGED_BODIES; i++) {
            taken(each, recorded, changes.next(names));
        }

        assertThat(recorded.asked()).isEqualTo(description.readProperties(each.pointer()));
    }

    private void assertJudgedAlike(Case each, JsonNode body, boolean taken) {
        assertThat(description.errors(each.pointer(), body).isEmpty())
                .as(() -> (taken ? "taken" : "refused") + " by the reader, not by the description: " + shown(body))
                .isEqualTo(taken);
    }

    private static String shown(JsonNode body) {
        String text = body.toString();
        return text.substring(0, Math.min(2_000, text.length()));
    }

    private static boolean taken(Case each, RecordedBody recorded, JsonNode body) {
        try {
            each.format().read(recorded.of(body));
            return true;
        } catch (Rejection e) {
            return false;
        }
    }

    private List<JsonNode> examples(Case each) {
        Iterator<JsonNode> examples =
                description.document().at(each.pointer() + "/examples").elements();
        return Stream.generate(() -> 0)
                .takeWhile(ignored -> examples.hasNext())
                .map(ignored -> examples.next())
                .toList();
    }
}
