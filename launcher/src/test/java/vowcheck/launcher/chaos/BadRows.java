package vowcheck.launcher.chaos;

import java.sql.SQLException;
import java.util.Optional;

/// Somebody loads labelled rows that nobody may train on. They have negative indexes.
///
/// @param count how many rows
record BadRows(Fault fault, int count) implements Act {

    /// What is wrong with them.
    enum Fault {
        TURNED_SIGNS("the days of %d rows with their sign turned", "Age_Days", """
                "Client_Income", "Credit_Amount", "Loan_Annuity", -"Age_Days", -"Employed_Days",
                -"Registration_Days", -"ID_Days", -"Phone_Change", "Credit_Bureau", "Education_Days",
                "Divorce", "Date"
                """),
        INFINITE_INCOME("an infinite income in %d rows", "Client_Income", """
                'Infinity', "Credit_Amount", "Loan_Annuity", "Age_Days", "Employed_Days",
                "Registration_Days", "ID_Days", "Phone_Change", "Credit_Bureau", "Education_Days",
                "Divorce", "Date"
                """),
        IMPOSSIBLE_DATE("a date that cannot be in %d rows", "Date", """
                "Client_Income", "Credit_Amount", "Loan_Annuity", "Age_Days", "Employed_Days",
                "Registration_Days", "ID_Days", "Phone_Change", "Credit_Bureau", "Education_Days",
                "Divorce", DATE '-infinity'
                """);

        private final String words;
        private final String column;
        private final String values;

        Fault(String words, String column, String values) {
            this.words = words;
            this.column = column;
            this.values = values;
        }
    }

    @Override
    public String sentence() {
        return "load " + fault.words.formatted(count);
    }

    /// Copies of the oldest rows, which every training reads.
    @Override
    public String perform(WalkedSystem walked) throws SQLException {
        walked.execute("""
                INSERT INTO divorce_predictions ("index", "Client_Income", "Credit_Amount", "Loan_Annuity", "Age_Days",
                    "Employed_Days", "Registration_Days", "ID_Days", "Phone_Change", "Credit_Bureau",
                    "Education_Days", "Divorce", "Date")
                SELECT -1 - "index", %s FROM divorce_predictions WHERE "index" BETWEEN 0 AND %d
                """.formatted(fault.values, count - 1));
        walked.refuseRows(fault.column);
        return "";
    }

    @Override
    public Optional<Act> remedy() {
        return Optional.of(new BadRowsRemoved());
    }
}
