package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.iam.IamClient;

/// The policies of the roles of a local system, from which permissions can be taken out.
final class RolePolicies implements AutoCloseable {

    /// An action that no service has.
    private static final String NONE = "none:None";

    private final IamClient iam;

    RolePolicies(LocalSystem system) {
        iam = system.aws(IamClient.builder());
    }

    /// A permission that is missing until this is closed.
    interface Removal extends AutoCloseable {
        @Override
        void close();
    }

    /// Takes an action out of every statement of a role, which is named by its ARN. Closing the result puts it back.
    Removal without(String role, String action) {
        var removed = "\"" + Pattern.quote(action) + "[*]?\"";
        var former = change(role, document -> document.replaceAll(removed, "\"" + NONE + "\""));
        assertThat(former).as("policies of %s with %s", role, action).isNotEmpty();
        return () -> former.forEach((policy, document) -> put(name(role), policy, document));
    }

    /// Writes a role's policies in another form, with the same meaning. The record of decisions has each call with the
    /// policies that decide about it, and each pair once: from now on, it has the role's calls again.
    void renew(String role) {
        change(role, document -> document + " ");
    }

    /// The former documents of those that differ now.
    private Map<String, String> change(String role, UnaryOperator<String> change) {
        var former = new LinkedHashMap<String, String>();
        for (var policy :
                iam.listRolePolicies(list -> list.roleName(name(role))).policyNames()) {
            var document = URLDecoder.decode(
                    iam.getRolePolicy(get -> get.roleName(name(role)).policyName(policy))
                            .policyDocument(),
                    StandardCharsets.UTF_8);
            var changed = change.apply(document);
            if (!changed.equals(document)) {
                former.put(policy, document);
                put(name(role), policy, changed);
            }
        }
        return former;
    }

    private static String name(String role) {
        return role.substring(role.lastIndexOf('/') + 1);
    }

    private void put(String role, String policy, String document) {
        iam.putRolePolicy(put -> put.roleName(role).policyName(policy).policyDocument(document));
    }

    @Override
    public void close() {
        iam.close();
    }
}
