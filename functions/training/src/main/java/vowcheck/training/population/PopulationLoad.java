package vowcheck.training.population;

/// The result of loading a population.
public sealed interface PopulationLoad {

    /// What happened, in a few words for the progress of a command.
    String summary();

    /// The population was loaded into the table.
    record Loaded(long rows, String origin) implements PopulationLoad {
        @Override
        public String summary() {
            return "%,d labelled rows are loaded: %s".formatted(rows, origin);
        }
    }

    /// The table already held rows; nothing was changed.
    record AlreadyFilled() implements PopulationLoad {
        @Override
        public String summary() {
            return "the labelled rows exist already, nothing was loaded";
        }
    }
}
