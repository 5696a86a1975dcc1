package vowcheck.core.workflow;

import java.util.regex.Pattern;

/// How long a training searches for a better recipe than the default one. Its text is `none`, such as `2 minutes`, or
/// such as `12 trials`: this is how it stands in the input of an execution and in the setting of the training task.
public sealed interface SearchBudget {

    /// Not at all: the training has the default recipe.
    record None() implements SearchBudget {

        private static final String TEXT = "none";

        @Override
        public String text() {
            return TEXT;
        }
    }

    /// No trial begins after this time, so how many there are depends on the machine; the first one always begins.
    record Minutes(int minutes) implements SearchBudget {

        /// With a trial that has begun, and the training after it, this fits into the half hour that the workflow gives
        /// its task.
        public static final int MOST = 15;

        /// Throws [IllegalArgumentException] unless it is 1 to 15.
        public Minutes {
            requireAtMost(minutes, MOST, "minutes");
        }

        @Override
        public String text() {
            return minutes == 1 ? "1 minute" : minutes + " minutes";
        }
    }

    /// So many trials, however long they take. The same rows give the same recipe on every machine.
    record Trials(int trials) implements SearchBudget {

        /// More find nothing that is not noise.
        public static final int MOST = 200;

        /// Throws [IllegalArgumentException] unless it is 1 to 200.
        public Trials {
            requireAtMost(trials, MOST, "trials");
        }

        @Override
        public String text() {
            return trials == 1 ? "1 trial" : trials + " trials";
        }
    }

    /// The text from which [#of] makes the same again.
    String text();

    /// Throws [IllegalArgumentException] that says what was expected.
    static SearchBudget of(String text) {
        if (text.equals(None.TEXT)) {
            return new None();
        }
        var matcher = Pattern.compile("([0-9]{1,4}) (minute|trial)s?").matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'%s', expected %s, 1 to %d minutes or 1 to %d trials"
                    .formatted(text, None.TEXT, Minutes.MOST, Trials.MOST));
        }
        int number = Integer.parseInt(matcher.group(1));
        return matcher.group(2).equals("minute") ? new Minutes(number) : new Trials(number);
    }

    private static void requireAtMost(int number, int most, String unit) {
        if (number < 1 || number > most) {
            throw new IllegalArgumentException("%d %s, expected 1 to %d".formatted(number, unit, most));
        }
    }
}
