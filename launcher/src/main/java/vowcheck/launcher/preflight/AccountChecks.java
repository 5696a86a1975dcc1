package vowcheck.launcher.preflight;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sts.StsClient;
import vowcheck.launcher.AwsFailure;
import vowcheck.launcher.preflight.SignedJson.JsonService;

/// Asks the account of the caller's credentials. It only reads.
final class AccountChecks implements AutoCloseable {

    /// Lambda reserves executions for functions only while this many remain for the others.
    private static final int UNRESERVED = 100;

    /// Quotas by their codes in Service Quotas, which are the same in every account.
    private static final String VPCS = "L-F678F1CE";

    private static final String ELASTIC_IPS = "L-0263D0A3";
    private static final String NETWORK_INTERFACES = "L-DF5E4CA3";
    private static final String LOG_IN = "log in, or set AWS_PROFILE";

    private final StageNeeds needs;
    private final StsClient sts;
    private final IamClient iam;
    private final LambdaClient lambda;
    private final SignedJson json;

    private AccountChecks(StageNeeds needs, StsClient sts, IamClient iam, LambdaClient lambda, SignedJson json) {
        this.needs = needs;
        this.sts = sts;
        this.iam = iam;
        this.lambda = lambda;
        this.json = json;
    }

    /// In the stage's region.
    ///
    /// @param endpoint where every service answers, if it is not AWS itself
    static AccountChecks of(StageNeeds needs, AwsCredentialsProvider credentials, Optional<URI> endpoint) {
        var http = UrlConnectionHttpClient.create();
        var region = Region.of(needs.region());
        var sts = StsClient.builder()
                .httpClient(http)
                .credentialsProvider(credentials)
                .region(region);
        var iam = IamClient.builder()
                .httpClient(http)
                .credentialsProvider(credentials)
                .region(Region.AWS_GLOBAL);
        var lambda = LambdaClient.builder()
                .httpClient(http)
                .credentialsProvider(credentials)
                .region(region);
        endpoint.ifPresent(at -> {
            sts.endpointOverride(at);
            iam.endpointOverride(at);
            lambda.endpointOverride(at);
        });
        return new AccountChecks(
                needs,
                sts.build(),
                iam.build(),
                lambda.build(),
                new SignedJson(http, credentials, needs.region(), endpoint));
    }

    /// Everything that the stage needs of the account. Without a caller, nothing else is asked.
    List<Finding> findings() {
        var caller = caller();
        var findings = new ArrayList<>(List.of(caller));
        if (caller.verdict() != Finding.Verdict.OK) {
            return findings;
        }
        findings.add(bootstrap());
        needs.roles().forEach(role -> findings.add(serviceRole(role)));
        findings.add(concurrency());
        if (needs.vpcs() > 0) {
            findings.add(quota("networks (VPCs)", needs.vpcs(), "vpc", VPCS, "AWS::EC2::VPC"));
        }
        if (needs.elasticIps() > 0) {
            findings.add(quota("public addresses", needs.elasticIps(), "ec2", ELASTIC_IPS, "AWS::EC2::EIP"));
        }
        findings.add(quota(
                "network interfaces",
                needs.networkInterfaces(),
                "vpc",
                NETWORK_INTERFACES,
                "AWS::EC2::NetworkInterface"));
        return findings;
    }

    private Finding caller() {
        var needed = "credentials";
        try {
            return Finding.ok(needed, "account " + sts.getCallerIdentity().account() + " in " + needs.region());
        } catch (AwsServiceException e) {
            return Finding.missing(needed, "refused: " + code(e), LOG_IN);
        } catch (SdkClientException e) {
            return Finding.missing(
                    needed,
                    String.valueOf(e.getMessage()).contains("credentials") ? "none" : "AWS does not answer",
                    LOG_IN);
        }
    }

    private Finding bootstrap() {
        var needed = "CDK's bootstrap stack, version %d or later".formatted(needs.bootstrapVersion());
        var advice = "npx cdk bootstrap, in infra-cdk";
        return asked(needed, "ssm:GetParameter", () -> {
            try {
                var parameter =
                        json.call(JsonService.PARAMETERS, "GetParameter", Map.of("Name", needs.bootstrapParameter()));
                var version = String.valueOf(object(parameter, "Parameter").get("Value"));
                return Finding.enough(
                        Integer.parseInt(version) >= needs.bootstrapVersion(), needed, "version " + version, advice);
            } catch (AwsServiceException e) {
                if (code(e).equals("ParameterNotFound")) {
                    return Finding.missing(needed, "none", advice);
                }
                throw e;
            }
        });
    }

    private Finding serviceRole(ServiceRole role) {
        var needed = "role " + role.roleName();
        return asked(needed, "iam:GetRole", () -> {
            try {
                return Finding.ok(
                        needed,
                        "created "
                                + iam.getRole(get -> get.roleName(role.roleName()))
                                        .role()
                                        .createDate());
            } catch (NoSuchEntityException e) {
                return Finding.missing(
                        needed, "none", "aws iam create-service-linked-role --aws-service-name " + role.principal());
            }
        });
    }

    /// What other functions of the account have reserved is not there for this stage.
    private Finding concurrency() {
        int wanted = UNRESERVED + needs.reservedConcurrency();
        var needed = "%d unreserved concurrent executions of Lambda".formatted(wanted);
        return asked(needed, "lambda:GetAccountSettings", () -> {
            var limit = lambda.getAccountSettings().accountLimit();
            return Finding.enough(
                    limit.unreservedConcurrentExecutions() >= wanted,
                    needed,
                    "%d of the quota %d"
                            .formatted(limit.unreservedConcurrentExecutions(), limit.concurrentExecutions()),
                    "raise \"Concurrent executions\" of AWS Lambda in Service Quotas, unless the stage is deployed already");
        });
    }

    /// @param type the CloudFormation type by which Cloud Control lists what is in use
    private Finding quota(String what, int wanted, String service, String code, String type) {
        var needed = "%s: %d more".formatted(what, wanted);
        return asked(needed, "servicequotas:GetServiceQuota and cloudformation:ListResources", () -> {
            int limit = limit(service, code);
            int used = used(type);
            return Finding.enough(
                    used + wanted <= limit,
                    needed,
                    "%d in use, quota %d".formatted(used, limit),
                    "raise the quota %s in Service Quotas, unless the stage is deployed already".formatted(code));
        });
    }

    private int limit(String service, String code) {
        var input = Map.<String, Object>of("ServiceCode", service, "QuotaCode", code);
        Function<String, Map<String, Object>> ask =
                operation -> object(json.call(JsonService.QUOTAS, operation, input), "Quota");
        try {
            return number(ask.apply("GetServiceQuota"));
        } catch (AwsServiceException e) {
            if (code(e).equals("NoSuchResourceException")) {
                return number(ask.apply("GetAWSDefaultServiceQuota")); // nobody has changed it
            }
            throw e;
        }
    }

    private int used(String type) {
        int used = 0;
        var input = new HashMap<String, Object>(Map.of("TypeName", type));
        while (true) {
            var page = json.call(JsonService.RESOURCES, "ListResources", input);
            used += page.get("ResourceDescriptions") instanceof List<?> listed ? listed.size() : 0;
            if (!(page.get("NextToken") instanceof String token)) {
                return used;
            }
            input.put("NextToken", token);
        }
    }

    /// What may not be asked is unknown, and not missing.
    private static Finding asked(String needed, String right, Supplier<Finding> question) {
        try {
            return question.get();
        } catch (AwsServiceException e) {
            return Finding.unknown(
                    needed,
                    code(e),
                    AwsFailure.isDenied(e) ? "needs the right " + right : "try again, or look it up yourself");
        } catch (SdkClientException e) {
            return Finding.unknown(needed, "AWS does not answer", "try again");
        }
    }

    private static String code(AwsServiceException refusal) {
        return refusal.awsErrorDetails() == null
                ? "status " + refusal.statusCode()
                : refusal.awsErrorDetails().errorCode();
    }

    private static int number(Map<String, Object> quota) {
        return quota.get("Value") instanceof Number value ? value.intValue() : 0;
    }

    @SuppressWarnings("unchecked") // JSON: every key is a string
    private static Map<String, Object> object(Map<String, Object> parent, String name) {
        return parent.get(name) instanceof Map<?, ?> object ? (Map<String, Object>) object : Map.of();
    }

    @Override
    public void close() {
        sts.close();
        iam.close();
        lambda.close();
        json.http().close();
    }
}
