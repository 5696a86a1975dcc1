package vowcheck.core.workflow;

/// The names of the JSON fields that the state machine exchanges with the step function, with the training task,
/// and with those who read how an execution ended.
public final class WorkflowField {

    /// Of a step's event: the [WorkflowStep].
    public static final String STEP = "step";

    /// Of a step's event: the execution's ARN. Of the answer to `begin`: the execution's name.
    public static final String EXECUTION = "execution";

    /// Of a step's event: the execution's input.
    public static final String INPUT = "input";

    /// Of an execution's input and of the answer to `begin`: rows of this day and later are left out.
    public static final String CUTOFF = "cutoff";

    /// Of the input of a training that a replay started: the replay's ARN. Of the answer to `begin`: the replay's
    /// name, or the execution's own where it belongs to no replay.
    public static final String REPLAY = "replay";

    /// Beside it in the input: the input of the replay.
    public static final String REPLAY_INPUT = "replay_input";

    /// Of the answer to `begin`: who started the training or its replay, the [#OPERATOR] of the input or the program.
    public static final String AUTHOR = "author";

    /// Of the answer to `begin`: what the challenger is compared with, a [TrainingRequest.Opponent].
    public static final String OPPONENT = "opponent";

    /// Of a replay's input and of the answer to `begin_replay`: the cutoffs of its trainings.
    public static final String CUTOFFS = "cutoffs";

    /// Of a replay's input and of the answer to `begin_replay`: whether what served before is put back at the
    /// end.
    public static final String RESTORE = "restore";

    /// Of the event of `begin_replay`: the same where the input does not say it.
    public static final String RESTORE_BY_DEFAULT = "restore_by_default";

    /// Of a replay's output: the outputs of its trainings.
    public static final String RUNS = "runs";

    /// Of a replay's output: the answer to `end_replay`.
    public static final String RESTORATION = "restoration";

    /// Of the answer to `promote`: the challenger's average precision on all of its test rows.
    public static final String AVERAGE_PRECISION = "average_precision";

    /// Of the answer to `promote`: the challenger's average precision on the rows that both models were compared on;
    /// only where there are any.
    public static final String COMPARED_AVERAGE_PRECISION = "compared_average_precision";

    /// Of the answer to `promote`: that of the model in production on the same rows.
    public static final String PRODUCTION_AVERAGE_PRECISION = "production_average_precision";

    /// Of the answer to `promote`: how many of the test rows are so old that they fitted the champion, and
    /// were left out; only where both models were compared.
    public static final String TEST_ROWS_LEFT_OUT = "test_rows_left_out";

    /// Of the answer to `promote`: the difference in average precision on new people, challenger less
    /// champion, with the bounds of its one-sided 95 % intervals: `{"difference","lower","upper"}`; only
    /// where it was measured.
    public static final String AVERAGE_PRECISION_DIFFERENCE = "average_precision_difference";

    /// Of an execution's input and of the answer to `begin`: how long the training searches for a recipe, the text of a
    /// [SearchBudget].
    public static final String SEARCH = "search";

    /// Of the answer to `promote`: how many recipes a search has tried; only where there was one.
    public static final String SEARCH_TRIALS = "search_trials";

    /// Of an execution's input and of the answer to `begin`: why the training was started.
    public static final String REASON = "reason";

    /// Of the input of an execution that drift started: the time of the drift check, as its report has it.
    public static final String DRIFT_REPORT = "drift_report";

    /// Of the input of an execution that the monthly schedule started, or drift that a scheduled check found:
    /// the time of the scheduled event, which all of its deliveries have.
    public static final String SCHEDULED_AT = "scheduled_at";

    /// Of the answer to `begin`: the execution that trains or has trained for the same cause; only where
    /// there is one.
    public static final String DUPLICATE_OF = "duplicate_of";

    /// Beside [#DUPLICATE_OF]: a sentence for people.
    public static final String MESSAGE = "message";

    /// Of an execution's output: the answer to `promote`.
    public static final String PROMOTION = "promotion";

    /// Of the answer to `promote`: what was decided.
    public static final String DECISION = "decision";

    /// In place of a verdict in [#DECISION]: the challenger is better, and a person must approve it.
    public static final String AWAITING_APPROVAL = "awaiting_approval";

    /// Of an execution's input: whether a person must approve a promotion, also where the stage does not ask for
    /// it.
    public static final String APPROVAL = "approval";

    /// Of the event of `promote`: whether the stage requires that approval.
    public static final String APPROVAL_REQUIRED = "approval_required";

    /// Of the event of `await_approval`: the token by which the execution is resumed.
    public static final String TOKEN = "token";

    /// Of the events of `promote` and `refuse`, and of an execution's output: the answer that a training waited for,
    /// an object of [#APPROVED], [#OPERATOR] and [#REASON]; without an operator if nobody answered in time.
    public static final String ANSWER = "answer";

    /// Of an answer: whether the challenger may be promoted.
    public static final String APPROVED = "approved";

    /// Of an answer: the name of the person who gave it. Of an execution's input: the person who started it, where
    /// that is known; it is shown, and gives no rights.
    public static final String OPERATOR = "operator";

    /// The name of the state in which a training waits for approval, without the lock.
    public static final String AWAIT_APPROVAL_STATE = "AwaitApproval";

    /// Of the answers to `begin`, `promote`, `begin_replay` and `end_replay`, where there are any, and of the
    /// answer to `restore`: what people should know besides, such as what the registry refused; an array of
    /// sentences.
    public static final String NOTES = "notes";

    /// Of a training task's `failure.json`: why it failed, in one sentence.
    public static final String ERROR = "error";

    /// Of the cause of an execution that failed and whose promotion could not be taken back either: the first
    /// failure.
    public static final String CAUSE = "cause";

    /// Beside [#CAUSE]: why the promotion could not be taken back.
    public static final String RESTORE_CAUSE = "restoreCause";

    private WorkflowField() {}
}
