package network.cortensor.portal.dispatch;

import static network.cortensor.portal.dispatch.AttemptScript.answers;
import static network.cortensor.portal.dispatch.AttemptScript.fails;
import static network.cortensor.portal.dispatch.AttemptScript.says;
import static network.cortensor.portal.dispatch.AttemptScript.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An answer that must have a form is not begun before it has it. */
class AnswerFormTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final CompletionEvent END = new CompletionEvent.End(FinishReason.STOP, Optional.empty());

    private final DispatcherRig rig = new DispatcherRig().form(text -> text.equals("{}"));

    @Test
    void whatFitsIsDeliveredWhole() throws Exception {
        rig.catalog.targets("a");
        rig.router.on(
                "a",
                says(SECOND, text("{")).then(SECOND.multipliedBy(2), text("}")).then(SECOND.multipliedBy(3), END));

        Outcome outcome = rig.dispatch();

        assertThat(outcome)
                .isEqualTo(new Outcome.Answered(
                        new Outcome.Effort(1, Duration.ZERO, Optional.of(SECOND.multipliedBy(3)))));
        assertThat(rig.delivery.events()).containsExactly(text("{"), text("}"), END);
    }

    @Test
    void whatDoesNotFitIsAnotherAttemptThatTheCustomerDoesNotNotice() throws Exception {
        rig.catalog.targets("first").with(EditedCatalog.target("main", "second"), Standing.UNKNOWN);
        rig.router.on("first", answers(SECOND, "Sure: {}")).on("second", answers(SECOND, "{}"));

        Outcome outcome = rig.dispatch();

        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.delivery.events()).containsExactly(text("{}"), END);
        assertThat(rig.router.called()).containsExactly("first", "second");
    }

    /** Two minutes of JSON, a piece a second: nothing of it may be shown, so the stream says that it lives. */
    @Test
    void aStreamIsKeptAliveWhileTheAnswerGrows() throws Exception {
        rig.form(text -> true);
        rig.catalog.targets("a");
        AttemptScript script = says(SECOND, text("1"));
        for (int second = 2; second < 120; second++) {
            script = script.then(SECOND.multipliedBy(second), text("1"));
        }
        rig.router.on("a", script.then(SECOND.multipliedBy(120), END));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.delivery.keepAlives()).hasSizeBetween(4, 6);
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void whatNeverFitsIsToldAndIsNoEvidenceAgainstATarget(AttemptScript bad) throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", bad);

        Outcome outcome = rig.dispatch();

        assertThat(outcome)
                .isEqualTo(new Outcome.Unanswered(
                        new Refusal.FormMissed(), new Outcome.Effort(2, Duration.ZERO, Optional.empty())));
        assertThat(rig.delivery.events()).isEmpty();
    }

    static Stream<AttemptScript> badAnswers() {
        return Stream.of(
                answers(SECOND, "Sure: {}"),
                fails(SECOND, new Failure.InvalidCall(Failure.InvalidCall.Fault.NOT_OFFERED)),
                fails(SECOND, new Failure.InvalidCall(Failure.InvalidCall.Fault.NO_JSON)),
                fails(SECOND, new Failure.InvalidCall(Failure.InvalidCall.Fault.DOES_NOT_FIT)));
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void whereThereIsNoOtherTargetTheSameOneIsAskedOnceMore(AttemptScript bad) throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", bad, answers(SECOND, "{}"));

        assertThat(rig.dispatch())
                .isEqualTo(new Outcome.Answered(
                        new Outcome.Effort(2, Duration.ZERO, Optional.of(SECOND.multipliedBy(2)))));

        assertThat(rig.delivery.events()).containsExactly(text("{}"), END);
        assertThat(rig.taken("a")).isEmpty();
        assertThat(rig.lines("attempt"))
                .extracting(line -> line.keys().get("attempt"))
                .containsExactly(1L, 2L);
    }

    @Test
    void soItIsAtOnceWhereAllOthersAreBusy() throws Exception {
        rig.catalog.targets("a", "b");
        rig.occupy("b", Duration.ZERO);
        rig.router.on("a", answers(SECOND, "Sure: {}"), answers(SECOND, "{}"));

        rig.dispatch();

        assertThat(rig.delivery.events()).containsExactly(text("{}"), END);
        assertThat(rig.time.sinceStart()).isEqualTo(SECOND.multipliedBy(2));
    }

    @Test
    void aSecondChanceIsAnAttemptLikeEveryOther() throws Exception {
        rig.catalog.targets("a", "b");
        rig.router.on("a", answers(SECOND, "Sure: {}")).on("b", answers(SECOND, "Sure: {}"));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Unanswered.class);

        assertThat(rig.router.called()).hasSize(3);
        assertThat(rig.router.called().subList(0, 2)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void noOtherFailureGivesASecondChance() throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", fails(SECOND, new Failure.RouterError()), answers(SECOND, "{}"));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Unanswered.class);

        assertThat(rig.router.called()).containsExactly("a");
    }

    @Test
    void aCallOfAFunctionNeedNotFit() throws Exception {
        rig.catalog.targets("a");
        CompletionEvent call = new CompletionEvent.ToolCallPiece(0, Optional.of("c"), Optional.of("f"), "{\"a\":1}");
        CompletionEvent end = new CompletionEvent.End(FinishReason.TOOL_CALLS, Optional.empty());
        rig.router.on("a", says(SECOND, call).then(SECOND.multipliedBy(2), end));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.delivery.events()).containsExactly(call, end);
    }
}
