package vowcheck.training.population;

/// What came of loading a population.
public sealed interface PopulationLoad {

    /// What happened, in one sentence.
    String summary();

    /// The population is in the table now.
    record Loaded(long rows, String origin) implements PopulationLoad {
        @Override
        public String summary() {
            return "Loaded %d rows into divorce_predictions: %s.".formatted(rows, origin);
        }
    }

    /// The table held rows already, and nothing was changed.
    record AlreadyFilled() implements PopulationLoad {
        @Override
        public String summary() {
            return "The table divorce_predictions holds rows already; nothing was loaded.";
        }
    }
}
