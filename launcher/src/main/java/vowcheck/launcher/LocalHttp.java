package vowcheck.launcher;

import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// Connections to this machine, which are plain HTTP.
final class LocalHttp {

    private LocalHttp() {}

    /// A client that trusts no certificate. By default, it would read all authorities of the JDK when it is made, which
    /// takes longer than a call.
    static HttpClient client(Duration connectLimit) {
        try {
            var noTls = SSLContext.getInstance("TLS");
            noTls.init(null, new TrustManager[0], null);
            return HttpClient.newBuilder()
                    .connectTimeout(connectLimit)
                    .sslContext(noTls)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has TLS", e);
        }
    }
}
