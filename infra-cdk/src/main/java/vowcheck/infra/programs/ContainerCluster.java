package vowcheck.infra.programs;

import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ClusterProps;
import software.constructs.Construct;
import vowcheck.infra.data.Network;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// The cluster that the container tasks run in.
public final class ContainerCluster extends Cluster {
    public ContainerCluster(Construct scope, String id, Stage stage, Network network) {
        super(
                scope,
                id,
                ClusterProps.builder()
                        .clusterName(stage.onlyName())
                        .vpc(network.vpc())
                        .build());
        Nag.accept(
                this,
                "AwsSolutions-ECS4",
                "Container Insights is billed by the metric; the load balancer's health checks and the workflow's failures suffice");
    }
}
