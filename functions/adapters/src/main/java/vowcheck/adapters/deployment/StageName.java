package vowcheck.adapters.deployment;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;

/// The stages. What they differ in is a matter of the CDK app.
public enum StageName {
    /// The one that the launcher deploys to LocalStack.
    LOCAL(LocalStage.NAME),
    DEV("dev"),
    PROD("prod");

    private final String value;

    StageName(String value) {
        this.value = value;
    }

    /// The stage of that name; throws [IllegalArgumentException] for any other name.
    public static StageName named(String name) {
        return Arrays.stream(values())
                .filter(stage -> stage.value.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a stage is '%s', expected one of %s"
                        .formatted(
                                name,
                                Arrays.stream(values()).map(StageName::value).collect(joining(", ")))));
    }

    /// As it is typed, and as it is a part of names.
    public String value() {
        return value;
    }

    /// What a command of `./vowcheck` needs to work on this stage; empty for the local one.
    public String option() {
        return this == LOCAL ? "" : " --stage " + value;
    }
}
