package vowcheck.launcher;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A shell command in a document, with the answer that the document prints below it.
///
/// In a block that is indented by four spaces, lines that begin with `# ` are an answer, which belongs to the lines
/// before it; a command without an answer, such as one that sets a variable, is an example, too. In an answer, `…`
/// stands for whatever varies or is too long to print. An answer may be broken into several lines wherever JSON may be;
/// lines are compared without the white space at their beginning and end.
///
/// @param line where the command stands in the document
/// @param answer in one line; empty where the document prints none
record ShellExample(int line, String command, String answer) {

    private static final String INDENT = "    ";
    private static final String ANSWER = "# ";
    private static final String ANYTHING = "…";

    /// The examples of a document's part, in their order.
    ///
    /// @param markdown the whole document
    /// @param heading the line that the part begins with; it ends at the next heading of the same depth
    static List<ShellExample> in(String markdown, String heading) {
        var lines = markdown.lines().toList();
        int begin = lines.indexOf(heading);
        if (begin < 0) {
            throw new IllegalArgumentException("the document has no line '%s'".formatted(heading));
        }
        var depth = heading.substring(0, heading.indexOf(' ') + 1);
        var examples = new ArrayList<ShellExample>();
        var command = new ArrayList<String>();
        var answer = new ArrayList<String>();
        for (int line = begin + 1; line <= lines.size(); line++) {
            var text = line < lines.size() ? lines.get(line) : depth;
            boolean ends = text.startsWith(depth);
            boolean inBlock = text.startsWith(INDENT);
            boolean isAnswer = inBlock && text.strip().startsWith(ANSWER);
            if (!command.isEmpty() && (!inBlock || (!answer.isEmpty() && !isAnswer))) {
                examples.add(of(line - command.size() - answer.size() + 1, command, answer));
                command.clear();
                answer.clear();
            }
            if (ends) {
                break;
            }
            if (isAnswer) {
                answer.add(text.strip().substring(ANSWER.length()));
            } else if (inBlock) {
                command.add(text.substring(INDENT.length()));
            }
        }
        return List.copyOf(examples);
    }

    private static ShellExample of(int line, List<String> command, List<String> answer) {
        return new ShellExample(line, String.join("\n", command), oneLine(answer.stream()));
    }

    /// Whether a command's real output is what the document prints.
    boolean isAnsweredBy(String output) {
        var expected =
                Arrays.stream(answer.split(ANYTHING, -1)).map(Pattern::quote).collect(joining(".*"));
        return oneLine(output.lines()).matches(expected);
    }

    private static String oneLine(Stream<String> lines) {
        return lines.map(String::strip).collect(joining());
    }
}
