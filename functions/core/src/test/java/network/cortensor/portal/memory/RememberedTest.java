package network.cortensor.portal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.memory.Remembered.Read;
import network.cortensor.portal.memory.Remembered.Reader;
import org.junit.jupiter.api.Test;

class RememberedTest {
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    private final AtomicInteger reads = new AtomicInteger();
    private volatile Instant now = START;
    private final Remembered<Optional<String>> memory =
            new Remembered<>(() -> now, Optional::isEmpty, new Outage(), KeepTimes.CATALOG);

    @Test
    void aValueIsUsedFor5SecondsAndThenReadAgain() throws Unreadable {
        assertThat(memory.get("a", answering("one")).value()).contains("one");
        at("4.999");
        assertThat(memory.get("a", answering("two")).value()).contains("one");
        at("5");
        assertThat(memory.get("a", answering("two")).value()).contains("two");
    }

    @Test
    void whileReadingFailsAValueIsUsedFor60SecondsAndNoLonger() throws Unreadable {
        memory.get("a", answering("one"));
        at("59.999");
        assertThat(memory.get("a", failing())).isEqualTo(new Read<>(Optional.of("one"), START));
        at("60");
        assertThatThrownBy(() -> memory.get("a", failing())).isInstanceOf(Unreadable.class);
    }

    @Test
    void whereOldValuesDoHarmNoneIsUsedWhateverFails() throws Unreadable {
        Remembered<Optional<String>> impatient =
                new Remembered<>(() -> now, Optional::isEmpty, new Outage(), KeepTimes.noLongerThan(Catalog.FRESH));
        impatient.get("a", answering("one"));
        at("4.999");
        assertThat(impatient.get("a", failing()).value()).contains("one");
        at("5");
        assertThatThrownBy(() -> impatient.get("a", failing())).isInstanceOf(Unreadable.class);
    }

    @Test
    void beyondManyKeysTheOldAreForgotten() throws Unreadable {
        Remembered<Optional<String>> impatient =
                new Remembered<>(() -> now, Optional::isEmpty, new Outage(), KeepTimes.noLongerThan(Catalog.FRESH));
        for (int i = 0; i < Remembered.MANY; i++) {
            impatient.get("good-" + i, answering("one"));
        }
        at("5");
        impatient.get("another", answering("one"));
        assertThat(impatient.size()).isEqualTo(1);
    }

    @Test
    void aValueThatGrewTooOldDuringItsFailingReadIsNotUsed() throws Unreadable {
        memory.get("a", answering("one"));
        at("59");

        assertThatThrownBy(() -> memory.get("a", () -> {
                    at("62");
                    return failing().read();
                }))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void anOutageCostsOneTimeOutASecondAndNotOnePerRequest() throws Unreadable {
        memory.get("a", answering("one"));
        memory.get("b", answering("one"));
        at("10");
        memory.get("a", failing());
        reads.set(0);
        at("10.999");
        memory.get("a", failing());
        memory.get("b", failing());
        assertThat(reads).hasValue(0);

        at("11");
        assertThat(memory.get("a", answering("two")).value()).contains("two");
    }

    @Test
    void withNothingToFallBackOnEveryCallTries() {
        assertThatThrownBy(() -> memory.get("a", failing())).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> memory.get("a", failing())).isInstanceOf(Unreadable.class);

        assertThat(reads).hasValue(2);
    }

    @Test
    void aValueIsAsOldAsTheBeginningOfItsRead() throws Unreadable {
        Read<Optional<String>> read = memory.get("a", () -> {
            at("3");
            return Optional.of("one");
        });

        assertThat(read.readAt()).isEqualTo(START);
        at("5");
        assertThat(memory.fresh("a")).isEmpty();
    }

    @Test
    void callersOfOneKeyShareOneRead() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Reader<Optional<String>> slow = () -> {
            reads.incrementAndGet();
            reading.countDown();
            await(answer);
            return Optional.of("one");
        };
        List<Future<Read<Optional<String>>>> callers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                callers.add(threads.submit(() -> memory.get("a", slow)));
            }
            reading.await();
            assertThat(memory.get("b", answering("other")).value())
                    .as("another key")
                    .contains("other");
            answer.countDown();
        }

        assertThat(reads).hasValue(2);
        for (Future<Read<Optional<String>>> caller : callers) {
            assertThat(caller.get().value()).contains("one");
        }
    }

    @Test
    void namesThatDoNotExistCannotPushOutThoseThatDo() throws Unreadable {
        memory.get("known", answering("one"));
        for (int i = 0; i < 3 * Remembered.MANY; i++) {
            memory.get("made-up-" + i, Optional::empty);
        }

        assertThat(memory.size()).isLessThanOrEqualTo(Remembered.MANY);
        assertThat(memory.fresh("known")).isPresent();
    }

    @Test
    void aDoubtedValueIsReadAnewAndUsedOnlyWhileThatFails() throws Unreadable {
        memory.get("a", answering("one"));
        memory.doubt("a");
        assertThat(memory.get("a", failing()).value()).contains("one");
        at("2");
        assertThat(memory.get("a", answering("two")).value()).contains("two");
        assertThat(memory.get("a", answering("three")).value()).contains("two");
    }

    @Test
    void aForgottenValueIsNotUsedEvenWhileReadingFails() throws Unreadable {
        memory.get("a", answering("one"));
        memory.forget("a");

        assertThatThrownBy(() -> memory.get("a", failing())).isInstanceOf(Unreadable.class);
    }

    private Reader<Optional<String>> answering(String value) {
        return () -> {
            reads.incrementAndGet();
            return Optional.of(value);
        };
    }

    private Reader<Optional<String>> failing() {
        return () -> {
            reads.incrementAndGet();
            throw new Unreadable(new IOException("as planned"));
        };
    }

    private void at(String seconds) {
        now = START.plus(Duration.parse("PT" + seconds + "S"));
    }

    private static void await(CountDownLatch latch) throws Unreadable {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new Unreadable(e);
        }
    }
}
