package vowcheck.infra.stage;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import vowcheck.adapters.deployment.ContextKey;

/// Who may reach the API at all, before any key or password is checked.
public sealed interface AllowedCallers {
    /// The value of [ContextKey#ALLOWED_ADDRESSES] that excludes nobody.
    String ANYONE = "anyone";

    /// Everyone.
    record Anyone() implements AllowedCallers {}

    /// Only callers from one of these networks, on every path, the documentation included.
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

    /// The clerks' calls only from principals of the account whom IAM allows to invoke the API, and who sign the
    /// call. Everyone can reach the operators' calls, which need a password, and the documentation.
    record Signed() implements AllowedCallers {}

    /// The callers that the context of a synthesis names, if it names any.
    ///
    /// @throws IllegalArgumentException if [ContextKey#ALLOWED_ADDRESSES] and [ContextKey#AUTHORIZATION] are both
    ///     given or one is malformed
    static Optional<AllowedCallers> of(ContextValues context) {
        var addresses = context.list(ContextKey.ALLOWED_ADDRESSES);
        var authorization = context.value(ContextKey.AUTHORIZATION);
        if (!addresses.isEmpty() && authorization.isPresent()) {
            // Within one account, a policy that allows an address would also allow every signature from there.
            throw new IllegalArgumentException("allowedAddresses and authorization are both given: expected one");
        }
        if (authorization.isPresent() && !authorization.get().equals("iam")) {
            throw new IllegalArgumentException("authorization is '" + authorization.get() + "': expected iam");
        }
        if (addresses.equals(List.of(ANYONE))) {
            return Optional.of(new Anyone());
        }
        return addresses.isEmpty() ? authorization.map(_ -> new Signed()) : Optional.of(new FromNetworks(addresses));
    }

    private static void refuseUnlessNetwork(String network) {
        var parts = network.split("/", -1);
        try {
            var address = InetAddress.ofLiteral(parts[0]);
            var bits = Byte.SIZE * address.getAddress().length;
            var prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
            // Java accepts 203.0.113 as an address; AWS does not.
            boolean whole = parts[0].contains(":") || address.getHostAddress().equals(parts[0]);
            if (whole && parts.length <= 2 && prefix > 0 && prefix <= bits) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // refused below, like a prefix that is out of range
        }
        throw new IllegalArgumentException(
                "allowedAddresses has '" + network + "': expected networks such as 203.0.113.0/24, or only anyone");
    }
}
