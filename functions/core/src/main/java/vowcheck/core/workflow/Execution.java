package vowcheck.core.workflow;

/// One execution of the training workflow, by its ARN or by its bare name.
///
/// @param id the ARN or the name
public record Execution(String id) {

    public Execution {
        if (name(id).isBlank()) {
            throw new IllegalArgumentException("execution '%s', expected an ARN or a name".formatted(id));
        }
    }

    /// The last part of the ARN. It is unique within the state machine and occurs in object keys.
    public String name() {
        return name(id);
    }

    /// The execution of another name in the same workflow.
    public Execution sibling(String otherName) {
        return new Execution(id.substring(0, id.length() - name().length()) + otherName);
    }

    private static String name(String id) {
        return id.substring(id.lastIndexOf(':') + 1);
    }
}
