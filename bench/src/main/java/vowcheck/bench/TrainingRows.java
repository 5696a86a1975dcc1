package vowcheck.bench;

/// How many labelled rows are trained on. A constant's name ends the names of its figures.
enum TrainingRows {
    /// About as many as the replaced installation had.
    ROWS_200K(200_000, 3),
    ROWS_2M(2_000_000, 2),

    /// Only with `--large`.
    ROWS_10M(10_000_000, 1);

    private final int rows;
    private final int turns;

    TrainingRows(int rows, int turns) {
        this.rows = rows;
        this.turns = turns;
    }

    /// How many are trained on with that effort.
    int rows(Effort effort) {
        return rows / effort.fewerRows();
    }

    /// How often each kind of training is measured.
    int turns(Effort effort) {
        return Math.min(turns, effort.turns());
    }

    /// One of its figures, such as `TASK_ROWS_2M`.
    Measure figure(String kind) {
        return Measure.valueOf(kind + "_" + name());
    }
}
