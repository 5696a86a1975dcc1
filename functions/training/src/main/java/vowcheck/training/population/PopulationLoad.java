package vowcheck.training.population;

/// The result of loading a population.
public sealed interface PopulationLoad {

    /// What happened, in a few words for the progress of a command.
    String summary();

    /// The population is in the table now.
    record Loaded(long rows, String origin) implements PopulationLoad {
        @Override
        public String summary() {
            return "%,d labelled rows are loaded: %s".formatted(rows, origin);
        }
    }

    /// The table held rows already, and nothing was changed.
    record AlreadyFilled() implements PopulationLoad {
        @Override
        public String summary() {
            return "the labelled rows exist already, nothing was loaded";
        }
    }
}
