package vowcheck.adapters.s3;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vowcheck.core.training.OutcomeFixtures.outcome;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.model.ModelCost;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.Sha256;
import vowcheck.core.training.NewPeopleComparison;
import vowcheck.core.training.NothingNew;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.OutcomeFixtures;
import vowcheck.core.training.RowsAnswer;
import vowcheck.core.training.RowsAnswer.Standing;
import vowcheck.core.training.SearchedRecipe;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.PendingApproval;
import vowcheck.core.workflow.TrainingCause;
import vowcheck.core.workflow.UnconfirmedPromotion;
import vowcheck.core.workflow.UnfinishedReplay;
import vowcheck.core.workflow.UnreadablePromotion;
import vowcheck.core.workflow.WorkflowUnavailable;

class S3WorkflowTest {

    private static final String RECORD =
            """
            {"model_version":"3","manifest_sha256":"%s","data_cutoff_date":"2025-05-01","execution":"one",\
            "decision":"%%s"}""".formatted(ModelFixtures.identity("3").manifestHash());

    private static final Execution ONE = new Execution("arn:aws:states:eu-west-1:1:execution:training:one");
    private static final Execution OTHER = new Execution("arn:aws:states:eu-west-1:1:execution:training:other");

    private static final TrainingCause MONTH = TrainingCause.month("2025-06-01T01:00:00Z");

    private static final RowsAnswer ANSWER = new RowsAnswer(
            ModelFixtures.identity("3"), ModelFixtures.identity("2"), LocalDate.of(2025, 5, 1), "one", Standing.KEPT);

    private final InMemoryS3 s3 = new InMemoryS3();
    private final S3Workflow workflow = new S3Workflow(s3, "bucket");

    @Test
    void theLockIsTakenOnce() {
        assertThat(workflow.take(ONE)).isTrue();
        assertThat(workflow.take(OTHER)).isFalse();
        assertThat(workflow.held())
                .hasValueSatisfying(held -> assertThat(held.execution()).isEqualTo(ONE));
        assertThat(s3.objects()).containsOnlyKeys("training/lock.json");
    }

    @Test
    void ofTwoThatTakeTheLockOverOneSucceeds() {
        workflow.take(ONE);
        var seen = workflow.held().orElseThrow();
        assertThat(workflow.takeOver(OTHER, seen)).isTrue();
        assertThat(workflow.takeOver(new Execution("third"), seen)).isFalse();
    }

    @Test
    void aLockThatWasFreedMeanwhileIsNotTakenOver() {
        workflow.take(ONE);
        var seen = workflow.held().orElseThrow();
        workflow.free(seen);
        assertThat(workflow.takeOver(OTHER, seen)).isFalse();

        var nobodys = workflow.held().orElseThrow();
        assertThat(nobodys.execution()).isNull();
        assertThat(workflow.takeOver(OTHER, nobodys)).isTrue();
        workflow.free(seen);
        assertThat(workflow.held())
                .hasValueSatisfying(held -> assertThat(held.execution()).isEqualTo(OTHER));
    }

    @Test
    void aCauseIsClaimedOnce() {
        assertThat(workflow.claimed(MONTH)).isEmpty();
        assertThat(workflow.claim(MONTH, ONE)).isTrue();
        assertThat(workflow.claim(MONTH, OTHER)).isFalse();
        assertThat(workflow.claimed(MONTH))
                .hasValueSatisfying(holder -> assertThat(holder.execution()).isEqualTo(ONE));
        assertThat(workflow.claim(TrainingCause.driftReport("2025-06-01T00:00:04.123456Z"), OTHER))
                .isTrue();
        assertThat(s3.objects())
                .containsOnlyKeys(
                        "training/causes/month-2025-06.json", "training/causes/drift-2025-06-01T000004.123456Z.json");
    }

    @Test
    void ofTwoThatClaimACauseAgainOneSucceeds() {
        workflow.claim(MONTH, ONE);
        var seen = workflow.claimed(MONTH).orElseThrow();
        assertThat(workflow.claimAgain(MONTH, OTHER, seen)).isTrue();
        assertThat(workflow.claimAgain(MONTH, new Execution("third"), seen)).isFalse();
        assertThat(workflow.claimed(MONTH))
                .hasValueSatisfying(holder -> assertThat(holder.execution()).isEqualTo(OTHER));
    }

    @Test
    void aClaimThatWasDeletedMeanwhileIsNotClaimedAgain() {
        workflow.claim(MONTH, ONE);
        var seen = workflow.claimed(MONTH).orElseThrow();
        s3.objects().clear();
        assertThat(workflow.claimAgain(MONTH, OTHER, seen)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"execution\":7}",
                "{\"execution\":\"\"}",
                "{\"execution\":\"\u00ff"
            })
    void aDamagedObjectIsNobodysAndIsReplaced(String content) {
        var damaged = content.getBytes(StandardCharsets.ISO_8859_1); // the last one is not UTF-8
        s3.objects().put("training/lock.json", damaged);
        s3.objects().put("training/causes/month-2025-06.json", damaged);

        var lock = workflow.held().orElseThrow();
        var claim = workflow.claimed(MONTH).orElseThrow();
        assertThat(lock.execution()).isNull();
        assertThat(claim.execution()).isNull();
        assertThat(workflow.takeOver(ONE, lock)).isTrue();
        assertThat(workflow.claimAgain(MONTH, ONE, claim)).isTrue();
    }

    @Test
    void anOutcomeIsReadAsItWasWritten() {
        var unreadable = new Outcome.UnreadableChampion(ModelFixtures.identity("2"), "model.pb is missing");
        var unknown = new Outcome.UnreadableChampion(null, "production.json is damaged");
        var incomparable = new Outcome.IncomparableChampion(ModelFixtures.identity("2"), "too few rows");
        var notFitted = new Outcome.MeasuredChampion(
                ModelFixtures.identity("2"),
                OutcomeFixtures.comparison(0.25, 12, new NewPeopleComparison.NotFitted("too few people")));
        var searched = OutcomeFixtures.searched(
                outcome("3", null, 0.26),
                new SearchedRecipe(12, 5, 0.25, 0.26, new ModelCost(400, 9_000), ModelCost.most(100, 3)));
        for (var outcome : new Outcome[] {
            outcome("3", null, 0.26),
            outcome("3", champion(), 0.26),
            outcome("3", notFitted, 0.26),
            outcome("3", incomparable, 0.26),
            outcome("3", unreadable, 0.26),
            outcome("3", unknown, 0.26),
            searched
        }) {
            workflow.keep(ONE, outcome);
            assertThat(workflow.of(new Execution("one"))).isEqualTo(outcome);
        }
        assertThat(s3.objects()).containsOnlyKeys("training/one/outcome.json");
    }

    @Test
    void anUnconfirmedPromotionIsReadAsItWasWrittenUntilItIsForgotten() {
        assertThat(workflow.current()).isEmpty();
        for (var former : new @Nullable ModelPointer[] {null, ModelFixtures.pointer("2")}) {
            var promotion = new UnconfirmedPromotion(ONE, ModelFixtures.pointer("3"), former);
            workflow.keep(promotion);
            assertThat(workflow.current()).hasValue(promotion);
        }
        assertThat(s3.objects()).containsOnlyKeys("training/unconfirmed.json");
        workflow.forget();
        workflow.forget();
        assertThat(workflow.current()).isEmpty();
    }

    @Test
    void aDamagedUnconfirmedPromotionIsNamed() {
        s3.objects().put("training/unconfirmed.json", "{\"execution\":".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(workflow::current)
                .isInstanceOf(UnreadablePromotion.class)
                .hasMessageStartingWith("training/unconfirmed.json is damaged: ");
    }

    @Test
    void anUnfinishedReplayIsReadAsItWasWrittenUntilItIsFinished() {
        assertThat(workflow.unfinished()).isEmpty();
        for (var former : new @Nullable ModelPointer[] {null, ModelFixtures.pointer("2")}) {
            var replay = new UnfinishedReplay(
                    ONE, former, List.of(ModelFixtures.pointer("3"), ModelFixtures.pointer("4")), former != null);
            workflow.keep(replay);
            assertThat(workflow.unfinished()).hasValue(replay);
        }
        assertThat(s3.objects()).containsOnlyKeys("training/replay.json");
        workflow.finish();
        workflow.finish();
        assertThat(workflow.unfinished()).isEmpty();
    }

    @Test
    void aRecordOfAReplayThatCannotBeReadCountsAsMissing() {
        s3.objects().put("training/replay.json", "{\"execution\":".getBytes(StandardCharsets.UTF_8));
        assertThat(workflow.unfinished()).isEmpty();
    }

    @Test
    void aTrainingThatTrainedNothingIsReadAsItWasWritten() {
        var nothing = new NothingNew(OutcomeFixtures.ROWS, LocalDate.of(2025, 6, 1), ANSWER);
        workflow.keep(ONE, nothing);
        assertThat(workflow.of(ONE)).isEqualTo(nothing);
    }

    @Test
    void answeredRowsAreFoundByTheirDigest() {
        var digest = OutcomeFixtures.ROWS.digest();
        assertThat(workflow.answer(digest)).isEmpty();

        workflow.keep(digest, ANSWER);

        assertThat(workflow.answer(digest)).hasValue(ANSWER);
        assertThat(workflow.answer(Sha256.of(new byte[0]))).isEmpty();
        assertThat(s3.objects()).containsOnlyKeys("training/rows/" + digest.hex() + ".json");

        workflow.forgetAnswer(digest);
        workflow.forgetAnswer(digest);
        assertThat(workflow.answer(digest)).isEmpty();
    }

    @Test
    void anAnswerWithoutAChampionIsReadAsItWasWritten() {
        var digest = OutcomeFixtures.ROWS.digest();
        var first = new RowsAnswer(ANSWER.model(), null, ANSWER.cutoff(), "one", Standing.AWAITING_APPROVAL);

        workflow.keep(digest, first);

        assertThat(workflow.answer(digest)).hasValue(first);
    }

    @Test
    void aRecordOfAnsweredRowsThatCannotBeReadCountsAsMissing() {
        var digest = OutcomeFixtures.ROWS.digest();
        var record = "training/rows/" + digest.hex() + ".json";
        for (var damaged : List.of("", "{}", RECORD.formatted("nothing_new"))) {
            s3.objects().put(record, damaged.getBytes(StandardCharsets.UTF_8));
            assertThat(workflow.answer(digest)).isEmpty();
        }
    }

    /// Its training ran before the update of the step that decides.
    @Test
    void anOutcomeOfAnEarlierReleaseCannotBeCompared() {
        workflow.keep(ONE, outcome("3", champion(), 0.26));
        var key = "training/one/outcome.json";
        var json = new String(requireNonNull(s3.objects().get(key)), StandardCharsets.UTF_8);
        var former = json.replaceFirst(
                "\"comparison\":.*\"average_precision\":0.26,\"test_rows\"",
                "\"production_average_precision\":0.25,\"champion_fitted_until_test_rows\":false,"
                        + "\"average_precision\":0.26,\"test_rows\"");
        assertThat(former).doesNotContain("new_people");
        s3.objects().put(key, former.getBytes(StandardCharsets.UTF_8));

        assertThat(workflow.of(ONE))
                .isInstanceOfSatisfying(
                        Outcome.class,
                        outcome -> assertThat(outcome.champion())
                                .isEqualTo(new Outcome.IncomparableChampion(
                                        ModelFixtures.identity("2"),
                                        "the training ran before comparisons had intervals: train again")));
    }

    @Test
    void trainingsThatWaitForApprovalAreListedUntilTheyDoNot() {
        var one = new PendingApproval(ONE, ModelFixtures.identity("3"), ModelFixtures.identity("2"), "token of one");
        var first = new PendingApproval(OTHER, ModelFixtures.identity("4"), null, "token of other");
        workflow.keep(one);
        workflow.keep(first);

        assertThat(workflow.waiting()).containsExactlyInAnyOrder(one, first);
        assertThat(s3.objects()).containsOnlyKeys("training/approvals/one.json", "training/approvals/other.json");

        workflow.forgetApproval(ONE);
        workflow.forgetApproval(ONE);
        assertThat(workflow.waiting()).containsExactly(first);
    }

    @Test
    void aRecordOfAWaitingTrainingThatCannotBeReadIsLeftOut() {
        s3.objects().put("training/approvals/one.json", "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(workflow.waiting()).isEmpty();
    }

    @Test
    void aFailureIsOneSentence() {
        workflow.keepFailure(ONE, "Too few rows.");
        assertThat(s3.objects().get("training/one/failure.json"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"error\":\"Too few rows.\"}");
    }

    @Test
    void aMissingAndADamagedOutcomeAreNamed() {
        assertThatThrownBy(() -> workflow.of(ONE))
                .isInstanceOf(WorkflowUnavailable.class)
                .hasMessage("the training left no training/one/outcome.json");
        s3.objects().put("training/one/outcome.json", "{}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> workflow.of(ONE))
                .isInstanceOf(WorkflowUnavailable.class)
                .hasMessageContaining("the field model_version is nothing");
    }

    @Test
    void aBucketOutOfReachIsNamed() {
        s3.reachable(false);
        assertThatThrownBy(() -> workflow.take(ONE))
                .isInstanceOf(WorkflowUnavailable.class)
                .hasMessage("S3 did not write training/lock.json");
    }

    private static Outcome.Champion champion() {
        return OutcomeFixtures.champion(ModelFixtures.identity("2"), 0.25);
    }
}
