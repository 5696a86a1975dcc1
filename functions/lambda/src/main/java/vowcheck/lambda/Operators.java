package vowcheck.lambda;

import vowcheck.adapters.secrets.BasicCredentials;
import vowcheck.lambda.http.ApiRequest;
import vowcheck.lambda.http.NotAnOperator;

/// Who makes an operators' call.
final class Operators {

    private Operators() {}

    /// The person's name. The authorizer has checked it with its password, and passed the request on unchanged.
    static String name(ApiRequest request) {
        return request.header("Authorization")
                .flatMap(BasicCredentials::of)
                .map(BasicCredentials::name)
                .orElseThrow(NotAnOperator::new);
    }
}
