package vowcheck.launcher.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import vowcheck.launcher.preflight.Finding.Verdict;

/// What is said about accounts in which a stage can be deployed, or cannot, or that do not say.
class AccountChecksTest {

    private static final StageNeeds NEEDS = new StageNeeds(
            "eu-central-1", 6, "/cdk-bootstrap/hnb659fds/version", 10, 1, 1, 30, EnumSet.of(ServiceRole.ECS));

    private FakeAccount account;

    @BeforeEach
    void ready() throws IOException {
        account = new FakeAccount();
        account.answers(
                "GetCallerIdentity",
                "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account>"
                        + "</GetCallerIdentityResult></GetCallerIdentityResponse>");
        account.answers("GetParameter", "{\"Parameter\":{\"Value\":\"28\"}}");
        account.answers(
                "GetRole",
                "<GetRoleResponse><GetRoleResult><Role><RoleName>r</RoleName><CreateDate>2025-01-01T00:00:00Z"
                        + "</CreateDate></Role></GetRoleResult></GetRoleResponse>");
        account.answers(
                "GetAccountSettings",
                "{\"AccountLimit\":{\"ConcurrentExecutions\":1000,\"UnreservedConcurrentExecutions\":900}}");
        account.answers("GetServiceQuota", "{\"Quota\":{\"Value\":100.0}}");
        account.answers("ListResources", "{\"ResourceDescriptions\":[{\"Identifier\":\"one\"}]}");
    }

    @AfterEach
    void stop() {
        account.close();
    }

    @Test
    void anAccountThatHasEverythingIsReady() {
        assertThat(findings())
                .extracting(Finding::needed, Finding::verdict, Finding::found)
                .containsExactly(
                        ok("credentials", "account 123456789012 in eu-central-1"),
                        ok("CDK's bootstrap stack, version 6 or later", "version 28"),
                        ok("role AWSServiceRoleForECS", "created 2025-01-01T00:00:00Z"),
                        ok("110 unreserved concurrent executions of Lambda", "900 of the quota 1000"),
                        ok("networks (VPCs): 1 more", "1 in use, quota 100"),
                        ok("public addresses: 1 more", "1 in use, quota 100"),
                        ok("network interfaces: 30 more", "1 in use, quota 100"));
    }

    @Test
    void aFreshAccountLacksRolesQuotasAndTheBootstrapStack() {
        account.refuses("GetParameter", "ParameterNotFound");
        account.refuses("GetRole", "NoSuchEntity");
        account.answers(
                "GetAccountSettings",
                "{\"AccountLimit\":{\"ConcurrentExecutions\":10,\"UnreservedConcurrentExecutions\":10}}");
        account.answers("GetServiceQuota", "{\"Quota\":{\"Value\":1.0}}");

        assertThat(findings())
                .filteredOn(finding -> finding.verdict() == Verdict.MISSING)
                .extracting(Finding::found, Finding::advice)
                .contains(
                        tuple("none", "npx cdk bootstrap, in infra-cdk"),
                        tuple("none", "aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com"),
                        tuple(
                                "10 of the quota 10",
                                "raise \"Concurrent executions\" of AWS Lambda in Service Quotas, unless the stage is"
                                        + " deployed already"),
                        tuple(
                                "1 in use, quota 1",
                                "raise the quota L-F678F1CE in Service Quotas, unless the stage is deployed already"))
                .hasSize(6);
    }

    @Test
    void whatAnotherStageHasReservedIsMissing() {
        account.answers(
                "GetAccountSettings",
                "{\"AccountLimit\":{\"ConcurrentExecutions\":363,\"UnreservedConcurrentExecutions\":100}}");
        assertThat(findings())
                .filteredOn(finding -> finding.verdict() == Verdict.MISSING)
                .extracting(Finding::found)
                .containsExactly("100 of the quota 363");
    }

    @Test
    void anOldBootstrapStackIsMissing() {
        account.answers("GetParameter", "{\"Parameter\":{\"Value\":\"5\"}}");
        assertThat(findings().get(1))
                .isEqualTo(new Finding(
                        "CDK's bootstrap stack, version 6 or later",
                        Verdict.MISSING,
                        "version 5",
                        "npx cdk bootstrap, in infra-cdk"));
    }

    @Test
    void aQuotaThatNobodyHasChangedIsTheDefault() {
        account.refuses("GetServiceQuota", "NoSuchResourceException");
        account.answers("GetAWSDefaultServiceQuota", "{\"Quota\":{\"Value\":5.0}}");
        assertThat(findings()).extracting(Finding::found).contains("1 in use, quota 5");
    }

    /// What the caller may not ask is not said to be there, and not to be missing.
    @ParameterizedTest
    @CsvSource({
        "GetParameter, AccessDeniedException, ssm:GetParameter",
        "GetRole, AccessDenied, iam:GetRole",
        "GetAccountSettings, AccessDeniedException, lambda:GetAccountSettings",
        "GetServiceQuota, AccessDeniedException, servicequotas:GetServiceQuota and cloudformation:ListResources",
        "ListResources, AccessDeniedException, servicequotas:GetServiceQuota and cloudformation:ListResources",
    })
    void whatMayNotBeAskedIsUnknown(String operation, String code, String right) {
        account.refuses(operation, code);
        assertThat(findings())
                .filteredOn(finding -> finding.verdict() != Verdict.OK)
                .isNotEmpty()
                .allSatisfy(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.UNKNOWN);
                    assertThat(finding.found()).isEqualTo("could not be asked: " + code);
                    assertThat(finding.advice()).isEqualTo("needs the right " + right);
                });
    }

    /// As LocalStack answers, which has no quotas.
    @Test
    void aServiceThatFailsIsNotSaidToNeedARight() {
        account.refuses("ListResources", "InternalFailure");
        assertThat(findings().getLast())
                .isEqualTo(new Finding(
                        "network interfaces: 30 more",
                        Verdict.UNKNOWN,
                        "could not be asked: InternalFailure",
                        "try again, or look it up yourself"));
    }

    @Test
    void withoutValidCredentialsNothingElseIsAsked() {
        account.refuses("GetCallerIdentity", "ExpiredToken");
        assertThat(findings())
                .containsExactly(new Finding(
                        "credentials", Verdict.MISSING, "refused: ExpiredToken", "log in, or set AWS_PROFILE"));
        assertThat(account.called).containsOnly("GetCallerIdentity");
    }

    @Test
    void anAccountThatDoesNotAnswerIsNotSaidToBeReady() {
        account.close();
        assertThat(findings())
                .containsExactly(new Finding(
                        "credentials", Verdict.MISSING, "AWS does not answer", "log in, or set AWS_PROFILE"));
    }

    private List<Finding> findings() {
        var caller = StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"));
        try (var checks = AccountChecks.of(NEEDS, caller, Optional.of(account.endpoint()))) {
            return checks.findings();
        }
    }

    private static Tuple ok(String needed, String found) {
        return tuple(needed, Verdict.OK, found);
    }
}
