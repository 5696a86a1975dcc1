package vowcheck.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HolderTest {

    private static final Execution ASKING = new Execution("arn:aws:states:eu-west-1:1:execution:training:asking");

    @Test
    void anExecutionOfAnotherStageIsLookedForInThisOne() {
        var holder = new Holder(new Execution("arn:aws:states:eu-west-1:2:execution:other-training:one"), "tag");

        assertThat(holder.within(ASKING)).hasValue(new Execution("arn:aws:states:eu-west-1:1:execution:training:one"));
    }

    @Test
    void aReplayIsLookedForInTheReplaysWorkflow() {
        var training = new Execution("arn:aws:states:eu-west-1:1:execution:vowcheck-dev-training:one");
        var replay = new Execution("arn:aws:states:eu-west-1:1:execution:vowcheck-dev-replay:two");

        assertThat(new Holder(replay, "tag").within(training)).hasValue(replay);
        assertThat(new Holder(training, "tag").within(replay)).hasValue(training);
        assertThat(new Holder(new Execution("three"), "tag").within(training))
                .hasValue(new Execution("arn:aws:states:eu-west-1:1:execution:vowcheck-dev-training:three"));
    }

    @Test
    void whatCannotBeReadIsNobodys() {
        var holder = new Holder(null, "tag");

        assertThat(holder.is(ASKING)).isFalse();
        assertThat(holder.within(ASKING)).isEmpty();
    }
}
