package vowcheck.launcher.chaos;

/// The environments of a function are killed, as by the platform that runs out of memory.
record KilledFunction(String function) implements Act {

    @Override
    public String sentence() {
        return "kill -9 the environments of " + function;
    }

    @Override
    public String perform(WalkedSystem walked) {
        return walked.killFunction(function) + " killed";
    }

    @Override
    public boolean mayHurtTraining() {
        return false;
    }

    @Override
    public boolean killsFunctions() {
        return true;
    }
}
