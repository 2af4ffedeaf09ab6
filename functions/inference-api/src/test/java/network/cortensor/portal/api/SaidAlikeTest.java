package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.dispatch.Delivery;
import network.cortensor.portal.dispatch.Dispatcher;
import network.cortensor.portal.dispatch.Outcome;
import network.cortensor.portal.model.Protocol.RawText;
import network.cortensor.portal.model.SpecialTokens;
import network.cortensor.portal.prompt.AnswerDecoder;
import network.cortensor.portal.prompt.Prompt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a model writes, wherever that is cut, however it arrives, and in whichever API it is read: thoughts are thoughts, the answer is
 * the answer, no mark is in either, and all customers read the same.
 */
class SaidAlikeTest {
    private static final String CONTROL_TOKEN =
            "(?s).*(<\\|[a-z_]+\\|?>|<[a-z_]+\\|>|</?think>|</s>|<end_of_turn>" + "|<unused\\d+>).*";

    private final ApiRig rig = new ApiRig();
    private final ApiHandler handler = rig.handler();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everybodyReadsTheSameAnswerAndItsThoughtsApart(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (RawAnswer raw : RawAnswer.drawn(random)) {
            List<CustomerReading.Read> reads = Stream.of(
                            deciphered(raw.pieces(random, 1)),
                            deciphered(raw.pieces(random, 9)),
                            deciphered(raw.pieces(random, 40)),
                            decipheredWhole(raw.text()))
                    .flatMap(dispatcher ->
                            Stream.of(CustomerReading.values()).map(reading -> read(raw, dispatcher, reading)))
                    .toList();

            assertThat(reads).as(raw.toString()).containsOnly(reads.getFirst());
            holds(raw, reads.getFirst());
        }
    }

    private static void holds(RawAnswer raw, CustomerReading.Read read) {
        assertThat(read.answer()).as(raw.toString()).doesNotMatch(CONTROL_TOKEN).doesNotMatch("(?s).*[α-ω].*");
        assertThat(read.thoughts())
                .as(raw.toString())
                .doesNotMatch(CONTROL_TOKEN)
                .doesNotMatch("(?s).*[0-9].*");
        String answer = RawAnswer.digits(read.answer());
        String thoughts = RawAnswer.greek(read.thoughts());
        if (raw.whole()) {
            assertThat(answer).as(raw.toString()).isEqualTo(raw.answer());
            assertThat(thoughts).as(raw.toString()).isEqualTo(raw.thoughts());
        } else {
            assertThat(raw.answer()).as(raw.toString()).startsWith(answer);
            assertThat(raw.thoughts()).as(raw.toString()).startsWith(thoughts);
        }
    }

    private CustomerReading.Read read(RawAnswer raw, Dispatcher dispatcher, CustomerReading reading) {
        rig.aliases = Fixtures.catalog(raw.format());
        rig.dispatcher = dispatcher;
        rig.now = rig.now.plusSeconds(1);
        CustomerAnswer answer = rig.send(handler, reading.call("").event());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return reading.read(answer);
    }

    /** A router that streams. */
    private static Dispatcher deciphered(List<String> pieces) {
        return (job, delivery) -> {
            AnswerDecoder decoder = prompt(ApiRig.asked(job)).decoder("call_");
            for (String piece : pieces) {
                for (CompletionEvent event : decoder.feed(piece)) {
                    delivery.deliver(event);
                }
            }
            return ended(decoder, delivery);
        };
    }

    /** A router that answers in one piece. */
    private static Dispatcher decipheredWhole(String text) {
        return (job, delivery) -> {
            AnswerDecoder decoder = prompt(ApiRig.asked(job)).wholeDecoder("call_");
            for (CompletionEvent event : decoder.feed(text)) {
                delivery.deliver(event);
            }
            return ended(decoder, delivery);
        };
    }

    private static Prompt prompt(CompletionRequest request) {
        return Prompt.of(request, new RawText(false, SpecialTokens.KEPT), LocalDate.EPOCH);
    }

    private static Outcome ended(AnswerDecoder decoder, Delivery delivery) throws IOException, InterruptedException {
        for (CompletionEvent event : decoder.finish()) {
            delivery.deliver(event);
        }
        delivery.deliver(new CompletionEvent.End(FinishReason.STOP, Optional.empty()));
        return new Outcome.Answered(ApiRig.EFFORT);
    }
}
