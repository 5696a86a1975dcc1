package vowcheck.infra.programs;

import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import vowcheck.infra.data.Network;

/// Where MLflow answers and as whom to call it.
///
/// @param url its base URL in the network
/// @param login the secret `{"username","password"}`
/// @param callers the security group of who may call it
/// @param port where it listens
public record MlflowAccess(String url, ISecret login, ISecurityGroup callers, int port) {
    /// Lets a program's calls through.
    void admit(SecurityGroup program) {
        program.addEgressRule(Network.everything(), Port.tcp(port), "MLflow");
        callers.addIngressRule(program, Port.tcp(port), "A program that calls MLflow");
    }
}
