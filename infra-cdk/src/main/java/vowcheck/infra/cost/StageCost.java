package vowcheck.infra.cost;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a stage costs, by what its templates contain. A type of resource that is neither priced nor known to be free
/// fails it.
///
/// Not reckoned, since it is below the precision of the prices: trainings (two minutes of a container each), the daily
/// functions, notifications, and what data cost on their way.
public final class StageCost {
    /// AWS's own month.
    private static final int HOURS = 730;

    /// They cost nothing by themselves; what they do is charged elsewhere, or is below a cent in an idle month.
    private static final Set<String> FREE = Set.of(
            "AWS::ApiGateway::Account",
            "AWS::ApiGateway::Authorizer",
            "AWS::ApiGateway::BasePathMapping",
            "AWS::ApiGateway::Deployment",
            "AWS::ApiGateway::DomainName",
            "AWS::ApiGateway::GatewayResponse",
            "AWS::ApiGateway::Method",
            "AWS::ApiGateway::Resource",
            "AWS::ApiGateway::Stage",
            "AWS::ApiGateway::UsagePlan",
            "AWS::ApiGateway::VpcLink",
            "AWS::Budgets::Budget", // unless it acts
            "AWS::CodeDeploy::Application",
            "AWS::CodeDeploy::DeploymentGroup",
            "AWS::EC2::FlowLog",
            "AWS::EC2::InternetGateway",
            "AWS::EC2::Route",
            "AWS::EC2::RouteTable",
            "AWS::EC2::SecurityGroup",
            "AWS::EC2::SecurityGroupEgress",
            "AWS::EC2::SecurityGroupIngress",
            "AWS::EC2::Subnet",
            "AWS::EC2::SubnetRouteTableAssociation",
            "AWS::EC2::VPC",
            "AWS::EC2::VPCGatewayAttachment",
            "AWS::ECS::Cluster",
            "AWS::ECS::TaskDefinition",
            "AWS::ElasticLoadBalancingV2::Listener",
            "AWS::ElasticLoadBalancingV2::TargetGroup",
            "AWS::IAM::InstanceProfile",
            "AWS::IAM::Policy",
            "AWS::IAM::Role",
            "AWS::Lambda::Alias",
            "AWS::Lambda::EventInvokeConfig",
            "AWS::Lambda::Permission",
            "AWS::Lambda::Version", // SnapStart is free for Java
            "AWS::Logs::MetricFilter", // its metric is among the custom ones
            "AWS::RDS::DBParameterGroup",
            "AWS::RDS::DBSubnetGroup",
            "AWS::S3::BucketPolicy",
            "AWS::SNS::Subscription",
            "AWS::SNS::Topic",
            "AWS::SNS::TopicPolicy",
            "AWS::SQS::Queue",
            "AWS::SQS::QueuePolicy",
            "AWS::SecretsManager::SecretTargetAttachment",
            "AWS::StepFunctions::StateMachine",
            "AWS::WAFv2::WebACLAssociation",
            "Custom::Trigger");

    /// Log lines of a request, half of them metrics.
    private static final double LOG_GB_PER_MILLION = 1.4;

    /// Of the functions and MLflow; the network's flow logs of an idle stage are as much again.
    private static final double IDLE_LOG_GB = 1.5;

    /// A stored row with its indexes: 616 bytes, measured.
    private static final double STORED_GB_PER_MILLION = 0.616;

    /// Models, artifacts and whatever else is in the bucket.
    private static final double BUCKET_GB = 4;

    /// A prediction takes 20 ms of a function with 1,769 MB.
    private static final double PREDICTION_SECONDS = 0.02;

    private static final double FUNCTION_GB = 1.769;

    /// Those that canaries and daily functions write, and those of a stage in use.
    private static final int IDLE_METRICS = 5;

    private static final int METRICS_IN_USE = 35;

    /// Lambda asks a queue with five requests at a time, each of which waits for 20 seconds.
    private static final double POLLS_PER_HOUR = 5 * 3600 / 20.0;

    /// The system disk of an instance.
    private static final int INSTANCE_GB = 8;

    private static final Pattern RATE = Pattern.compile("rate\\((\\d+) minutes?\\)");

    private final PriceList prices;
    private final Map<String, CostLine> lines = new TreeMap<>();
    private final Map<String, Integer> numbers = new TreeMap<>();
    private final Map<String, Map<?, ?>> resources = new TreeMap<>();

    private StageCost(PriceList prices) {
        this.prices = prices;
    }

    /// The costs of the resources in some templates, the largest first.
    ///
    /// @param templates as CDK gives them: maps, lists and plain values
    /// @throws UnpricedResource for a resource without a price, by its type and logical id
    public static List<CostLine> of(List<? extends Map<?, ?>> templates, PriceList prices) {
        var cost = new StageCost(prices);
        for (var template : templates) {
            if (template.get("Resources") instanceof Map<?, ?> resources) {
                resources.forEach((id, resource) -> cost.resources.put(id.toString(), (Map<?, ?>) resource));
            }
        }
        cost.resources.forEach(cost::add);
        return cost.lines.entrySet().stream()
                .map(entry ->
                        entry.getValue().named("%s (%d)".formatted(entry.getKey(), cost.numbers.get(entry.getKey()))))
                .sorted((one, other) -> Double.compare(other.month(1_000_000), one.month(1_000_000)))
                .toList();
    }

    private void add(String id, Map<?, ?> resource) {
        var type = String.valueOf(resource.get("Type"));
        var properties = resource.get("Properties") instanceof Map<?, ?> map ? map : Map.of();
        switch (type) {
            case "AWS::ApiGateway::RestApi" ->
                line("API: requests, and a trace of each at most", 0, 1e6 * (usd("api request") + usd("trace")));
            case "AWS::CloudWatch::Alarm" -> line("alarms", alarmMetrics(properties) * usd("alarm metric"), 0);
            case "AWS::CloudWatch::Dashboard" -> line("dashboard", usd("dashboard"), 0);
            case "AWS::EC2::EIP" -> line("public addresses", HOURS * usd("public address"), 0);
            case "AWS::EC2::Instance" -> {
                var instance = String.valueOf(properties.get("InstanceType"));
                line("instances " + instance, HOURS * usd("instance " + instance) + INSTANCE_GB * usd("disk"), 0);
                line("public addresses", HOURS * usd("public address"), 0);
            }
            case "AWS::EC2::NatGateway" -> line("NAT gateways", HOURS * usd("NAT gateway"), 0);
            case "AWS::EC2::VPCEndpoint" -> endpoint(properties);
            case "AWS::ECS::Service" -> service(id, properties);
            case "AWS::ElasticLoadBalancingV2::LoadBalancer" -> line("load balancers", HOURS * usd("load balancer"), 0);
            case "AWS::Events::Rule" -> rule(properties);
            case "AWS::KMS::Key" -> line("encryption keys", usd("encryption key"), 0);
            case "AWS::Lambda::EventSourceMapping" ->
                line("asking the queue", HOURS * POLLS_PER_HOUR * usd("queue request"), 0);
            case "AWS::Lambda::Function" -> function(properties);
            case "AWS::Logs::LogGroup" -> {}
            case "AWS::RDS::DBInstance" -> database(properties);
            case "AWS::S3::Bucket" -> line("objects", BUCKET_GB * usd("object storage"), 0);
            case "AWS::SecretsManager::Secret" -> line("secrets", usd("secret"), 0);
            // It has one rule.
            case "AWS::WAFv2::WebACL" -> line("firewall", usd("firewall") + usd("firewall rule"), 0);
            default -> {
                if (!FREE.contains(type)) {
                    throw new UnpricedResource(
                            "%s (%s) has no price: price it in StageCost, or add it to those that are free"
                                    .formatted(type, id));
                }
            }
        }
    }

    private void database(Map<?, ?> properties) {
        int zones = "true".equals(String.valueOf(properties.get("MultiAZ"))) ? 2 : 1;
        var instance = "database instance " + properties.get("DBInstanceClass");
        var where = zones == 2 ? " in two zones" : "";
        line(instance + where, HOURS * zones * usd(instance), 0);
        line(
                "database storage" + where,
                zones * number(properties, "AllocatedStorage") * usd("database storage"),
                zones * STORED_GB_PER_MILLION * usd("database storage"));
    }

    private void endpoint(Map<?, ?> properties) {
        if ("Interface".equals(properties.get("VpcEndpointType"))) {
            int zones = properties.get("SubnetIds") instanceof List<?> subnets ? subnets.size() : 0;
            for (int zone = 0; zone < zones; zone++) {
                line("interface endpoints, in each zone", HOURS * usd("interface endpoint"), 0);
            }
        }
    }

    /// Fargate charges what the task definition asks for.
    private void service(String id, Map<?, ?> properties) {
        var reference = properties.get("TaskDefinition") instanceof Map<?, ?> map ? map.get("Ref") : null;
        var definition = resources.get(String.valueOf(reference));
        if (definition == null || !(definition.get("Properties") instanceof Map<?, ?> task)) {
            throw new UnpricedResource(
                    "AWS::ECS::Service (%s): its task definition is not in the templates".formatted(id));
        }
        double hourly = number(task, "Cpu") / 1024 * usd("container vCPU")
                + number(task, "Memory") / 1024 * usd("container GB");
        line("containers", number(properties, "DesiredCount") * HOURS * hourly, 0);
    }

    private void rule(Map<?, ?> properties) {
        var rate = RATE.matcher(String.valueOf(properties.get("ScheduleExpression")));
        if (rate.matches()) {
            line("canaries", HOURS * 60.0 / Integer.parseInt(rate.group(1)) * invocation(), 0);
        }
    }

    /// Only one function answers predictions; its logs and metrics are those of the stage.
    private void function(Map<?, ?> properties) {
        if (String.valueOf(properties.get("FunctionName")).endsWith("-scoring")) {
            line("predictions", 0, 1e6 * invocation());
            line(
                    "logs",
                    (flows() ? 2 : 1) * IDLE_LOG_GB * usd("log ingestion"),
                    LOG_GB_PER_MILLION * usd("log ingestion"));
            add(new CostLine(
                    "custom metrics: %d, and %d in use".formatted(IDLE_METRICS, METRICS_IN_USE),
                    IDLE_METRICS * usd("custom metric"),
                    (METRICS_IN_USE - IDLE_METRICS) * usd("custom metric"),
                    0));
        }
    }

    private boolean flows() {
        return resources.values().stream().anyMatch(resource -> "AWS::EC2::FlowLog".equals(resource.get("Type")));
    }

    private double invocation() {
        return usd("function request") + PREDICTION_SECONDS * FUNCTION_GB * usd("function GB second");
    }

    /// Each metric of an alarm is charged.
    private static int alarmMetrics(Map<?, ?> properties) {
        return properties.get("Metrics") instanceof List<?> metrics
                ? Math.toIntExact(metrics.stream()
                        .filter(metric -> metric instanceof Map<?, ?> map && map.containsKey("MetricStat"))
                        .count())
                : 1;
    }

    private static double number(Map<?, ?> properties, String name) {
        return Double.parseDouble(String.valueOf(properties.get(name)));
    }

    private double usd(String price) {
        return prices.usd(price);
    }

    private void line(String what, double idle, double perMillion) {
        add(new CostLine(what, idle, 0, perMillion));
    }

    private void add(CostLine line) {
        numbers.merge(line.what(), 1, Integer::sum);
        lines.merge(line.what(), line, CostLine::plus);
    }
}
