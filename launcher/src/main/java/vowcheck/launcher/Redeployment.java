package vowcheck.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.deployment.FunctionsZip;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.launcher.setup.CommandFailed;

/// Gives the running functions the code that Maven has built, without CDK: a new version of each function whose code
/// has changed, and the alias that callers use moved to it.
public final class Redeployment {

    /// Only functions of this runtime are redeployed: those that CDK adds run on Node.js.
    private static final String RUNTIME = "java";

    /// Marks versions that CloudFormation does not know.
    private static final String DESCRIPTION = "./vowcheck redeploy";

    private final LambdaClient lambda;
    private final Path zips;

    /// @param zips the folder with the functions' zips
    public Redeployment(LambdaClient lambda, Path zips) {
        this.lambda = lambda;
        this.zips = zips;
    }

    /// A patient client: LocalStack needs seconds to unpack a function's code.
    public static LambdaClient lambda() {
        return AwsClients.patient(LambdaClient.builder());
    }

    /// Throws [CommandFailed] when no function is deployed or LocalStack does not run.
    public void requireFunctions() {
        try {
            if (functions().isEmpty()) {
                throw new CommandFailed("nothing is deployed yet: run ./vowcheck up");
            }
        } catch (SdkClientException e) {
            throw new CommandFailed("LocalStack does not answer: run ./vowcheck up", e);
        }
    }

    /// Updates the functions whose live code is not what was built, and returns each with its new version.
    public List<String> run() throws IOException {
        var built = new EnumMap<FunctionsZip, byte[]>(FunctionsZip.class);
        for (var zip : FunctionsZip.values()) {
            built.put(zip, Files.readAllBytes(zips.resolve(zip.fileName())));
        }
        List<String> updated = new ArrayList<>();
        for (var function : functions()) {
            var settings = function.environment().variables().keySet();
            var code = Objects.requireNonNull(built.get(FunctionsZip.of(settings)));
            var live = live(function.functionName());
            if (!live.codeSha256().equals(sha256(code))) {
                updated.add("%s, version %s".formatted(function.functionName(), update(live, code)));
            }
        }
        return updated;
    }

    private List<FunctionConfiguration> functions() {
        return lambda.listFunctionsPaginator().functions().stream()
                .filter(function -> function.runtimeAsString().startsWith(RUNTIME))
                .toList();
    }

    /// The version that callers get. LocalStack does not resolve an alias where a version is asked for.
    private GetFunctionConfigurationResponse live(String function) {
        var alias = lambda.getAlias(request -> request.functionName(function).name(ResourceNames.LIVE_ALIAS));
        return lambda.getFunctionConfiguration(
                request -> request.functionName(function).qualifier(alias.functionVersion()));
    }

    /// Returns the version that callers now get.
    private String update(GetFunctionConfigurationResponse live, byte[] code) {
        var function = live.functionName();
        lambda.updateFunctionCode(
                request -> request.functionName(function).zipFile(SdkBytes.fromByteArrayUnsafe(code)));
        lambda.waiter().waitUntilFunctionUpdatedV2(request -> request.functionName(function));
        var version = lambda.publishVersion(
                        request -> request.functionName(function).description(DESCRIPTION))
                .version();
        lambda.waiter()
                .waitUntilFunctionActiveV2(
                        request -> request.functionName(function).qualifier(version));
        lambda.updateAlias(request ->
                request.functionName(function).name(ResourceNames.LIVE_ALIAS).functionVersion(version));
        if (DESCRIPTION.equals(live.description())) {
            // Its processes would otherwise stay for ten minutes, waiting for another call.
            lambda.deleteFunction(request -> request.functionName(function).qualifier(live.version()));
        }
        return version;
    }

    /// As Lambda states a function's code.
    private static String sha256(byte[] code) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(code));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
