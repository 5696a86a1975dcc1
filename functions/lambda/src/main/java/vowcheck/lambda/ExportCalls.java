package vowcheck.lambda;

import vowcheck.core.export.ExportId;
import vowcheck.core.export.ExportState;
import vowcheck.core.export.NoSuchExport;
import vowcheck.core.export.PredictionExports;
import vowcheck.core.scoring.RequestId;
import vowcheck.lambda.http.ApiRequest;
import vowcheck.lambda.http.ApiResponse;

/// The auditors' calls for exports: `/operations/exports` orders one, and `/operations/exports/{export_id}`
/// says how far it is and, once it is done, where its file can be had for some minutes.
final class ExportCalls {

    private final PredictionExports exports;

    ExportCalls(PredictionExports exports) {
        this.exports = exports;
    }

    ApiResponse order(ApiRequest request, RequestId requestId) {
        var order = ExportJson.order(request.json().text());
        var id = exports.order(order.range(), Operators.name(request), order.reason());
        return answer(202, id, exports.state(id));
    }

    ApiResponse state(ApiRequest request, RequestId requestId) {
        var id = id(request);
        return answer(200, id, exports.state(id));
    }

    private ApiResponse answer(int status, ExportId id, ExportState state) {
        var link = state instanceof ExportState.Done ? exports.link(id) : null;
        return ApiResponse.json(status, ExportJson.of(id, state, link)).with("Cache-Control", "no-store");
    }

    private static ExportId id(ApiRequest request) {
        try {
            return new ExportId(request.pathParameters().getOrDefault("export_id", ""));
        } catch (IllegalArgumentException e) {
            throw new NoSuchExport(); // such an id is never given
        }
    }
}
