package network.cortensor.portal.dispatch;

import static network.cortensor.portal.dispatch.AttemptScript.END;
import static network.cortensor.portal.dispatch.AttemptScript.answers;
import static network.cortensor.portal.dispatch.AttemptScript.fails;
import static network.cortensor.portal.dispatch.AttemptScript.hangs;
import static network.cortensor.portal.dispatch.AttemptScript.says;
import static network.cortensor.portal.dispatch.AttemptScript.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.ServedModel;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.telemetry.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Another target is tried before the first token, and never after it. */
class FailoverTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Failure TOO_LONG = new Failure.RequestRejected(400, Failure.RequestRejected.Reason.CONTEXT);

    private final DispatcherRig rig = new DispatcherRig();

    @Test
    void anAnswerIsDeliveredAsItComes() throws Exception {
        rig.catalog.targets("a");
        rig.router.on(
                "a",
                says(SECOND, text("Hel"))
                        .then(SECOND.multipliedBy(2), text("lo"))
                        .then(SECOND.multipliedBy(3), END));

        Outcome outcome = rig.dispatch();

        assertThat(outcome).isEqualTo(new Outcome.Answered(new Outcome.Effort(1, Duration.ZERO, Optional.of(SECOND))));
        assertThat(rig.delivery.events()).containsExactly(text("Hel"), text("lo"), END);
        assertThat(rig.router.calls()).allMatch(ScriptedRouter.Call::closed);
    }

    @Test
    void aFailureBeforeTheFirstTokenIsInvisibleButInTime() throws Exception {
        firstThenSecond(fails(SECOND, new Failure.RouterError()), answers(SECOND, "Hello"));

        Outcome outcome = rig.dispatch();

        assertThat(outcome)
                .isEqualTo(new Outcome.Answered(
                        new Outcome.Effort(2, Duration.ZERO, Optional.of(SECOND.multipliedBy(2)))));
        assertThat(rig.delivery.events()).containsExactly(text("Hello"), END);
        assertThat(rig.router.called()).containsExactly("first", "second");
        assertThat(rig.learned).containsExactly("first router_error", "second worked PT1S");
    }

    static Stream<CompletionEvent> everyKindOfContent() {
        return Stream.of(
                text("Hel"),
                new CompletionEvent.Reasoning("Hm"),
                new CompletionEvent.ToolCallPiece(0, Optional.of("call"), Optional.of("name"), ""));
    }

    @ParameterizedTest
    @MethodSource("everyKindOfContent")
    void aFailureAfterTheFirstTokenEndsTheRequest(CompletionEvent content) throws Exception {
        firstThenSecond(says(SECOND, content).thenFails(SECOND, new Failure.Cut()), answers(SECOND, "Hello"));

        Outcome outcome = rig.dispatch();

        assertThat(outcome)
                .isEqualTo(new Outcome.Unanswered(
                        new Refusal.BrokenOff(), new Outcome.Effort(1, Duration.ZERO, Optional.of(SECOND))));
        assertThat(rig.delivery.events()).containsExactly(content);
        assertThat(rig.router.called()).containsExactly("first");
    }

    @Test
    void anAnswerThatSaysTheRequestIsWrongEndsIt() throws Exception {
        firstThenSecond(fails(SECOND, new Failure.RequestRejected(400)), answers(SECOND, "Hello"));

        assertThat(refusal()).isEqualTo(new Refusal.RequestRejected());
        assertThat(rig.router.called()).containsExactly("first");
    }

    @Test
    void everyAttemptIsOnAnotherTarget() throws Exception {
        rig.catalog.targets("a", "b", "c", "d");
        for (String name : List.of("a", "b", "c", "d")) {
            rig.router.on(name, fails(SECOND, new Failure.RouterError()));
        }

        assertThat(refusal()).isEqualTo(new Refusal.AttemptsFailed());
        assertThat(rig.router.called()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void anAttemptSaysWhetherItLackedTheRoutersCredential() throws Exception {
        firstThenSecond(fails(SECOND, Failure.NotSent.NO_CREDENTIAL), fails(SECOND, new Failure.RouterError()));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Unanswered.class);

        assertThat(rig.lines("attempt"))
                .extracting(line -> line.metrics().get(Metric.MISSING_CREDENTIALS))
                .containsExactly(1.0, 0.0);
    }

    @Test
    void thereAreNoMoreAttemptsThanTargets() throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", fails(SECOND, new Failure.RouterError()));

        assertThat(refusal()).isEqualTo(new Refusal.AttemptsFailed());
        assertThat(rig.router.called()).containsExactly("a");
    }

    @Test
    void aFallbackPoolIsTriedWhenTheRouteHasNoTargetLeft() throws Exception {
        rig.catalog.targets("a");
        rig.catalog.with(EditedCatalog.pool("spare", PoolTimes.DEFAULTS)).with(EditedCatalog.target("spare", "b"));
        rig.router.on("a", fails(SECOND, new Failure.GatewayError(502))).on("b", answers(SECOND, "Hello"));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).containsExactly("a", "b");
    }

    @Test
    void aDeadPoolNeverKeepsARequestFromItsFallback() throws Exception {
        rig.catalog.targets("a", "b", "c", "d", "e");
        spare(Standing.GOOD);
        for (String dead : List.of("a", "b", "c", "d", "e")) {
            rig.router.on(dead, fails(Duration.ofMillis(1), new Failure.NotSent(Failure.NotSent.Cause.CONNECT)));
        }

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).hasSize(6).endsWith("spare-1");
    }

    @Test
    void theLastAttemptIsKeptForTheFallback() throws Exception {
        rig.catalog.targets("a", "b", "c", "d");
        spare(Standing.GOOD);
        for (String ill : List.of("a", "b", "c", "d")) {
            rig.router.on(ill, fails(SECOND, new Failure.GatewayError(503)));
        }

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).hasSize(3).endsWith("spare-1");
    }

    @Test
    void theLastAttemptWaitsForAFallbackThatIsOnlyBusy() throws Exception {
        rig.catalog.targets("a", "b", "c", "d");
        spare(Standing.GOOD);
        for (String ill : List.of("a", "b", "c", "d")) {
            rig.router.on(ill, fails(SECOND, new Failure.GatewayError(503)));
        }
        rig.occupy("spare", "spare-1", Duration.ZERO);
        rig.time.after(
                Duration.ofSeconds(5),
                () -> rig.rows.rows("spare-1.example:443").forEach(rig.rows::delete));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).hasSize(3).endsWith("spare-1");
    }

    @Test
    void aRepeatedRequestsSecondAttemptIsTheFallbacks() throws Exception {
        rig.catalog.targets("a", "b", "c");
        spare(Standing.UNKNOWN);
        for (String ill : List.of("a", "b", "c")) {
            rig.router.on(ill, fails(SECOND, new Failure.RouterError()));
        }

        assertThat(rig.origin(Job.Origin.SDK_RETRY).dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).hasSize(2).endsWith("spare-1");
    }

    @Test
    void theLastAttemptByTimeIsKeptForTheFallbackToo() throws Exception {
        rig.catalog.targets("a", "b", "c");
        spare(Standing.GOOD);
        for (String silent : List.of("a", "b", "c")) {
            rig.router.on(silent, hangs());
        }

        assertThat(rig.wish(Job.Wish.WHOLE).dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).hasSize(2).endsWith("spare-1");
    }

    @Test
    void anEjectedPoolIsNotAskedWhileItsFallbackIsInRotation() throws Exception {
        rig.catalog.with(EditedCatalog.target("main", "a"), Standing.EJECTED);
        spare(Standing.UNKNOWN);

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).containsExactly("spare-1");
        assertThat(rig.lines("fail_open")).isEmpty();
    }

    @Test
    void anEjectedPoolIsNotAskedWhileItsFallbackIsOnlyBusy() throws Exception {
        rig.catalog.with(EditedCatalog.target("main", "a"), Standing.EJECTED);
        spare(Standing.GOOD);
        rig.occupy("spare", "spare-1", Duration.ZERO);
        rig.time.after(
                Duration.ofSeconds(5),
                () -> rig.rows.rows("spare-1.example:443").forEach(rig.rows::delete));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).containsExactly("spare-1");
    }

    @Test
    void anEjectedPoolIsAskedAfterItsFallbackHasFailed() throws Exception {
        rig.catalog.with(EditedCatalog.target("main", "a"), Standing.EJECTED);
        rig.catalog.with(EditedCatalog.pool("spare", PoolTimes.DEFAULTS)).with(EditedCatalog.target("spare", "b"));
        rig.router.on("b", fails(SECOND, new Failure.RouterError())).on("a", answers(SECOND, "Hello"));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).containsExactly("b", "a");
        assertThat(rig.lines("fail_open")).hasSize(1);
    }

    @Test
    void whatWasSilentJustNowIsTriedLastForAWhile() throws Exception {
        firstThenSecond(hangs(), answers(SECOND, "Hello"));
        rig.catalog.with(EditedCatalog.target("main", "first", new Capacity.Slots(8)));
        rig.dispatch();

        rig.dispatch();
        rig.time.pass(Suspicions.KEPT);
        rig.dispatch();

        assertThat(rig.router.called()).containsExactly("first", "second", "second", "first", "second");
    }

    @Test
    void oneSilentTargetOfAUsuallyQuickPoolIsNotWaitedForAsLongAsThePoolAllows() throws Exception {
        quickPool();
        rig.catalog.targets("first").with(EditedCatalog.target("main", "second"), Standing.UNKNOWN);
        rig.router.on("first", hangs()).on("second", answers(SECOND, "Hello"));

        Outcome outcome = rig.dispatch();

        assertThat(outcome.effort().firstToken()).contains(FirstTokens.LEAST.plus(SECOND));
        assertThat(rig.learned).endsWith("first deadline_first_token", "second worked PT1S");
    }

    @Test
    void thatAWholePoolIsSlowForOnceIsNoEvidence() throws Exception {
        quickPool();
        rig.catalog.targets("first").with(EditedCatalog.target("main", "second"), Standing.UNKNOWN);
        rig.router.on("first", hangs()).on("second", hangs());
        rig.learned.clear();

        assertThat(refusal()).isEqualTo(new Refusal.TimedOut());
        assertThat(rig.learned).containsExactly("second deadline_first_token");
        assertThat(rig.time.sinceStart()).isGreaterThan(Duration.ofSeconds(60));
    }

    private void quickPool() throws Exception {
        rig.catalog.targets("quick");
        rig.router.on("quick", answers(SECOND, "Hello"));
        for (int request = 0; request < 20; request++) {
            rig.dispatch();
        }
        rig.catalog.set("quick", State.PAUSED);
    }

    @Test
    void aRouterThatCannotBeReachedIsAskedOnlyOnceByARequest() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            rig.catalog.with(EditedCatalog.targetAt("main", name, "dead"));
            rig.router.on(name, fails(SECOND.multipliedBy(5), new Failure.NotSent(Failure.NotSent.Cause.CONNECT)));
        }
        spare(Standing.UNKNOWN);

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).hasSize(2).endsWith("spare-1");
    }

    @Test
    void serversThatAreOnlyBusyMakeTheModelBusyForAsLongAsTheFirstOfThemSays() throws Exception {
        firstThenSecond(
                fails(SECOND, new Failure.Limited(Duration.ofSeconds(40))),
                fails(SECOND, new Failure.Limited(Duration.ofSeconds(17))));

        assertThat(refusal()).isEqualTo(new Refusal.AllBusy(Duration.ofSeconds(17)));
        assertThat(refusal()).isEqualTo(new Refusal.AllBusy(Duration.ofSeconds(17)));
        assertThat(rig.router.called()).hasSize(2);
    }

    @Test
    void aServerThatIsBusyForAMomentIsWaitedFor() throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", fails(SECOND, new Failure.Limited(Duration.ofSeconds(7))), answers(SECOND, "Hello"));

        rig.dispatch();
        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.time.sinceStart()).isGreaterThanOrEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void aBusyServerBesideABrokenOneIsAFailure() throws Exception {
        firstThenSecond(
                fails(SECOND, new Failure.Limited(Duration.ofSeconds(40))), fails(SECOND, new Failure.RouterError()));

        assertThat(refusal()).isEqualTo(new Refusal.AttemptsFailed());
    }

    @Test
    void anAnswerOfAnotherModelIsToldFromTheRequestsOwn() throws Exception {
        firstThenSecond(fails(SECOND, new Failure.GatewayError(503)), fails(SECOND, new Failure.GatewayError(503)));
        spareOf("gemma-4-e4b-it");

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.delivery.models())
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of("gemma-4-e4b-it"));
    }

    @Test
    void aPoolThatServesTheRequestsOwnModelIsNoOther() throws Exception {
        rig.catalog.targets("first");
        rig.router.on("first", fails(SECOND, new Failure.GatewayError(503)));
        spareOf(EditedCatalog.ALIAS);

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.delivery.models()).containsOnly(Optional.empty());
    }

    @Test
    void aServerThatFailsAtOnceIsAskedOnceMoreBeforeAnotherModelIs() throws Exception {
        rig.catalog.targets("a");
        spareOf("gemma-4-e4b-it");
        rig.router.on("a", fails(SECOND, new Failure.RouterError()), answers(SECOND, "Hello"));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).containsExactly("a", "a");
    }

    @Test
    void aServerThatFailsAgainAndAgainLeavesTheLastAttemptToAnotherModel() throws Exception {
        rig.catalog.targets("a");
        spareOf("gemma-4-e4b-it");
        rig.router.on("a", fails(SECOND, new Failure.RouterError()));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).containsExactly("a", "a", "spare-1");
    }

    static Stream<Failure> notBrief() {
        return Stream.of(
                new Failure.GatewayError(503),
                new Failure.ConnectionLost(),
                new Failure.Limited(RequestProgress.BRIEF.plusMillis(1)));
    }

    @ParameterizedTest
    @MethodSource("notBrief")
    void aServerThatIsOffForLongerIsNotWaitedFor(Failure failure) throws Exception {
        rig.catalog.targets("a");
        spareOf("gemma-4-e4b-it");
        rig.router.on("a", fails(SECOND, failure));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).containsExactly("a", "spare-1");
        assertThat(rig.time.sinceStart()).isEqualTo(SECOND.multipliedBy(2));
    }

    @Test
    void aServerThatFailsLateIsNotAskedAgain() throws Exception {
        rig.catalog.targets("a");
        spareOf("gemma-4-e4b-it");
        rig.router.on("a", fails(RequestProgress.BRIEF.plusMillis(1), new Failure.RouterError()));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).containsExactly("a", "spare-1");
    }

    @Test
    void anotherTargetOfTheSameModelIsAskedAtOnce() throws Exception {
        rig.catalog.targets("a");
        spare(Standing.GOOD);
        rig.router.on("a", fails(SECOND, new Failure.RouterError()));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).containsExactly("a", "spare-1");
    }

    @Test
    void theModelThatWasAskedForIsWaitedForAMomentWhereAnotherModelCouldAnswer() throws Exception {
        rig.catalog.targets("a");
        spareOf("gemma-4-e4b-it");
        rig.router.on("a", fails(SECOND, new Failure.Limited(SECOND.multipliedBy(2))), answers(SECOND, "Hello"));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).containsExactly("a", "a");
        assertThat(rig.time.sinceStart()).isBetween(SECOND.multipliedBy(4), SECOND.multipliedBy(6));
    }

    /** It need not have met the limit itself. */
    @Test
    void whoComesWhileTheModelIsOffForAMomentWaitsForItToo() throws Exception {
        rig.catalog.targets("a");
        spareOf("gemma-4-e4b-it");
        rig.router.on("a", fails(SECOND, new Failure.Limited(SECOND.multipliedBy(2))), answers(SECOND, "Hello"));
        rig.origin(Job.Origin.SDK_RETRY).dispatch();
        assertThat(rig.router.called()).containsExactly("a", "spare-1");

        assertThat(rig.origin(Job.Origin.FIRST_TRY).dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).containsExactly("a", "spare-1", "a");
    }

    @Test
    void aModelThatStaysOffIsWaitedForOnlyOnce() throws Exception {
        rig.catalog.targets("a");
        spareOf("gemma-4-e4b-it");
        rig.router.on("a", fails(SECOND, new Failure.Limited(SECOND.multipliedBy(2))));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).containsExactly("a", "a", "spare-1");
        assertThat(rig.time.sinceStart()).isLessThan(SECOND.multipliedBy(8));
    }

    @Test
    void aPoolThatLetsNobodyWaitLetsNobodyWaitForAMomentEither() throws Exception {
        rig.catalog.targets("a");
        rig.catalog.with(EditedCatalog.pool(
                "main",
                new PoolTimes(
                        PoolTimes.DEFAULTS.firstToken(),
                        PoolTimes.DEFAULTS.idle(),
                        PoolTimes.DEFAULTS.attempt(),
                        PoolTimes.DEFAULTS.total(),
                        Duration.ZERO)));
        spareOf("gemma-4-e4b-it");
        rig.router.on("a", fails(SECOND, new Failure.Limited(SECOND.multipliedBy(2))));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).containsExactly("a", "spare-1");
    }

    @Test
    void aRepeatedRequestGoesToAnotherModelAtOnce() throws Exception {
        rig.catalog.targets("a");
        spareOf("gemma-4-e4b-it");
        rig.router.on("a", fails(SECOND, new Failure.RouterError()));

        assertThat(rig.origin(Job.Origin.SDK_RETRY).dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).containsExactly("a", "spare-1");
    }

    @Test
    void aPromptThatIsTooLongGoesToAModelWithALongerContextAtMost() throws Exception {
        firstThenSecond(fails(SECOND, TOO_LONG), answers(SECOND, "Hello"));
        rig.catalog
                .other("short", EditedCatalog.CONTEXT - 1)
                .other("as-long", EditedCatalog.CONTEXT)
                .other("longer", EditedCatalog.CONTEXT + 1);
        for (String model : List.of("short", "as-long", EditedCatalog.ALIAS, "of-nobody", "longer")) {
            fallback("pool-of-" + model, model, answers(SECOND, "Hello"));
        }

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).containsExactly("first", "pool-of-longer-1");
        assertThat(rig.delivery.models()).last().isEqualTo(Optional.of("longer"));
    }

    @Test
    void aPromptThatIsTooLongForALongerContextTooGoesToALongerOneYet() throws Exception {
        firstThenSecond(fails(SECOND, TOO_LONG), answers(SECOND, "Hello"));
        rig.catalog.other("longer", 2 * EditedCatalog.CONTEXT).other("longest", 3 * EditedCatalog.CONTEXT);
        fallback("one", "longer", fails(SECOND, TOO_LONG));
        fallback("another", "longer", answers(SECOND, "Hello"));
        fallback("last", "longest", answers(SECOND, "Hello"));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).containsExactly("first", "one-1", "last-1");
    }

    @Test
    void aPromptThatIsTooLongForAllIsToldSoAtOnce() throws Exception {
        firstThenSecond(fails(SECOND, TOO_LONG), answers(SECOND, "Hello"));
        spare(Standing.GOOD);

        assertThat(refusal()).isEqualTo(new Refusal.ContextExceeded());
        assertThat(rig.router.called()).containsExactly("first");
        assertThat(rig.time.sinceStart()).isEqualTo(SECOND);
    }

    @Test
    void aPoolWhoseModelCannotTakeTheRequestIsNotAsked() throws Exception {
        firstThenSecond(fails(SECOND, new Failure.RouterError()), fails(SECOND, new Failure.RouterError()));
        rig.catalog.other("short", 10).other("long", 1_000);
        fallback("one", "short", answers(SECOND, "Hello"));
        fallback("two", "long", answers(SECOND, "Hello"));
        rig.requests(new ModelRequests() {
            @Override
            public Optional<Set<Feature>> needs(ServedModel model) {
                return model.terms().contextLength() > 10 ? Optional.of(Set.of()) : Optional.empty();
            }

            @Override
            public CompletionRequest of(ServedModel model) {
                return DispatcherRig.request().withMaxTokens(model.terms().contextLength());
            }
        });

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).containsExactly("first", "second", "two-1");
        assertThat(rig.router.calls())
                .extracting(call -> call.request().maxTokens())
                .containsExactly(EditedCatalog.CONTEXT, EditedCatalog.CONTEXT, 1_000);
    }

    @Test
    void whatAServersPolicyForbidsIsToldSo() throws Exception {
        Failure forbidden = new Failure.RequestRejected(400, Failure.RequestRejected.Reason.CONTENT);
        firstThenSecond(fails(SECOND, forbidden), answers(SECOND, "Hello"));

        assertThat(refusal()).isEqualTo(new Refusal.ContentRejected());
        assertThat(rig.router.called()).containsExactly("first");
    }

    @Test
    void aLostCredentialIsOurs() throws Exception {
        Failure ours = new Failure.NotSent(Failure.NotSent.Cause.NO_CREDENTIAL);
        firstThenSecond(fails(SECOND, ours), fails(SECOND, ours));

        assertThat(refusal()).isEqualTo(new Refusal.StoreUnavailable());
    }

    @Test
    void aRequestThatPassedADeadlineIsATimeOut() throws Exception {
        firstThenSecond(hangs(), fails(SECOND, new Failure.RouterError()));

        assertThat(refusal()).isEqualTo(new Refusal.TimedOut());
    }

    @Test
    void aTargetOfUnlimitedCapacityNeedsNoSlot() throws Exception {
        rig.catalog.with(EditedCatalog.target("main", "a", new Capacity.Unlimited()));
        rig.router.on("a", answers(SECOND, "Hello"));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.taken("a")).isEmpty();
        assertThat(rig.lines("attempt").getFirst().keys()).containsEntry("slot", "none");
    }

    @Test
    void aRequestNeverMeetsATargetThatHealthHasOutOfRotation() throws Exception {
        rig.catalog.targets("a").with(EditedCatalog.target("main", "ejected"), Standing.EJECTED);
        rig.router.on("a", fails(SECOND, new Failure.RouterError()));

        assertThat(refusal()).isEqualTo(new Refusal.AttemptsFailed());
        assertThat(rig.lines("fail_open")).isEmpty();
    }

    @Test
    void ignoredHealthIsCountedOncePerAttempt() throws Exception {
        rig.catalog.with(EditedCatalog.target("main", "a"), Standing.EJECTED);
        rig.router.on("a", answers(SECOND, "Hello"));
        rig.occupy("a", Duration.ZERO);
        rig.time.after(
                Duration.ofSeconds(5), () -> rig.rows.rows("a.example:443").forEach(rig.rows::delete));

        rig.dispatch();

        assertThat(rig.lines("fail_open")).singleElement().satisfies(line -> {
            assertThat(line.dimensions()).containsEntry("pool", "main");
            assertThat(line.metrics()).containsEntry(Metric.FAIL_OPEN, 1.0);
        });
    }

    @Test
    void everyAttemptHasItsLine() throws Exception {
        firstThenSecond(fails(SECOND, new Failure.GatewayError(503)), answers(SECOND, "Hello"));

        rig.dispatch();

        assertThat(rig.lines("attempt")).hasSize(2);
        assertThat(rig.lines("attempt").getFirst().keys())
                .containsEntry("request_id", "request-1")
                .containsEntry("alias", EditedCatalog.ALIAS)
                .containsEntry("target", "first")
                .containsEntry("attempt", 1L)
                .containsEntry("total_ms", 1_000L)
                .containsEntry("outcome", "gateway_503")
                .containsEntry("slot", "kept")
                .containsEntry("catalog_age_ms", 0L)
                .doesNotContainKey("first_token_ms");
        assertThat(rig.lines("attempt").getLast().keys())
                .containsEntry("target", "second")
                .containsEntry("attempt", 2L)
                .containsEntry("first_token_ms", 1_000L)
                .containsEntry("outcome", "ok")
                .containsEntry("slot", "released");
    }

    /** A fallback pool with one target, called after it. */
    private void fallback(String name, String servesModel, AttemptScript script) {
        rig.catalog
                .with(new Pool(
                        name,
                        State.LIVE,
                        PoolTimes.DEFAULTS,
                        Pool.DEFAULT_MAX_ATTEMPTS,
                        Streaming.NATIVE,
                        Optional.of(servesModel)))
                .with(EditedCatalog.target(name, name + "-1"));
        rig.router.on(name + "-1", script);
    }

    /** A fallback pool whose only target answers. */
    private void spareOf(String model) {
        spare(Standing.GOOD);
        rig.catalog.with(new Pool(
                "spare",
                State.LIVE,
                PoolTimes.DEFAULTS,
                Pool.DEFAULT_MAX_ATTEMPTS,
                Streaming.NATIVE,
                Optional.of(model)));
    }

    private void spare(Standing standing) {
        rig.catalog
                .with(EditedCatalog.pool("spare", PoolTimes.DEFAULTS))
                .with(EditedCatalog.target("spare", "spare-1"), standing);
        rig.router.on("spare-1", answers(SECOND, "Hello"));
    }

    /** Two targets, of which one is surely tried first. */
    private void firstThenSecond(AttemptScript first, AttemptScript second) {
        rig.catalog.targets("first").with(EditedCatalog.target("main", "second"), Standing.UNKNOWN);
        rig.router.on("first", first).on("second", second);
    }

    private Refusal refusal() throws Exception {
        return ((Outcome.Unanswered) rig.dispatch()).refusal();
    }
}
