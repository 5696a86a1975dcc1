package vowcheck.infra.stage;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may reach the API at all, before any key or password is asked for.
public sealed interface AllowedCallers {
    /// Whoever knows its address.
    record Anyone() implements AllowedCallers {}

    /// Only who comes from one of these networks, whatever they call: clerks, operators and readers of the
    /// documentation alike.
    ///
    /// @param networks IPv4 or IPv6 networks such as `203.0.113.0/24`
    record FromNetworks(List<String> networks) implements AllowedCallers {
        public FromNetworks {
            networks = List.copyOf(networks);
            for (var network : networks) {
                refuseUnlessNetwork(network);
            }
        }
    }

    /// For the clerks' calls, only who signs them as a principal of the account that IAM lets invoke the API. The
    /// operators' calls and the documentation stay in everybody's reach, the former behind their passwords.
    record Signed() implements AllowedCallers {}

    /// The callers that the context of a synth names.
    ///
    /// @param allowedAddresses networks, separated by commas
    /// @param authorization `iam`
    /// @throws IllegalArgumentException where both are given, or one is malformed
    static AllowedCallers of(@Nullable String allowedAddresses, @Nullable String authorization) {
        if (allowedAddresses != null && authorization != null) {
            // Within one account a policy that lets an address in would let in every signature from there.
            throw new IllegalArgumentException("allowedAddresses and authorization are both given: expected one");
        }
        if (authorization != null && !authorization.equals("iam")) {
            throw new IllegalArgumentException("authorization is '" + authorization + "': expected iam");
        }
        if (allowedAddresses != null) {
            return new FromNetworks(Arrays.stream(allowedAddresses.split(",", -1))
                    .map(String::strip)
                    .toList());
        }
        return authorization == null ? new Anyone() : new Signed();
    }

    private static void refuseUnlessNetwork(String network) {
        var parts = network.split("/", -1);
        try {
            var address = InetAddress.ofLiteral(parts[0]);
            var bits = Byte.SIZE * address.getAddress().length;
            var prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
            // 203.0.113 is an address to Java, but to nobody else.
            boolean whole = parts[0].contains(":") || address.getHostAddress().equals(parts[0]);
            if (whole && parts.length <= 2 && prefix > 0 && prefix <= bits) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // said below, as for a prefix out of range
        }
        throw new IllegalArgumentException(
                "allowedAddresses has '" + network + "': expected networks such as 203.0.113.0/24");
    }
}
