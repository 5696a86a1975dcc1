package vowcheck.launcher.preflight;

import java.util.Locale;

/// What was found about one thing that a deployment needs.
///
/// @param needed what it needs, in a few words
/// @param found what is there, or why that could not be asked
/// @param advice what to do, empty where nothing is to be done
public record Finding(String needed, Verdict verdict, String found, String advice) {

    /// Whether it is there.
    public enum Verdict {
        OK,
        MISSING,
        /// It could not be asked.
        UNKNOWN;

        /// The verdict as it is printed.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String needed, String found) {
        return new Finding(needed, Verdict.OK, found, "");
    }

    static Finding missing(String needed, String found, String advice) {
        return new Finding(needed, Verdict.MISSING, found, advice);
    }

    static Finding unknown(String needed, String why, String advice) {
        return new Finding(needed, Verdict.UNKNOWN, "could not be asked: " + why, advice);
    }

    /// OK if there is enough, otherwise missing.
    static Finding enough(boolean enough, String needed, String found, String advice) {
        return enough ? ok(needed, found) : missing(needed, found, advice);
    }
}
