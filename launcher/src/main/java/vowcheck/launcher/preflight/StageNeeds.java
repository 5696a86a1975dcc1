package vowcheck.launcher.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.jr.ob.JSON;

/// What a stage needs of an account, counted in its synthesized templates.
///
/// @param bootstrapVersion the least version of CDK's bootstrap stack
/// @param bootstrapParameter the SSM parameter that has it
/// @param reservedConcurrency the concurrent executions that its functions reserve
/// @param vpcs how many networks it makes
/// @param elasticIps how many public addresses it takes
/// @param networkInterfaces how many the endpoints, load balancers, functions, tasks and the database take, about
record StageNeeds(
        String region,
        int bootstrapVersion,
        String bootstrapParameter,
        int reservedConcurrency,
        int vpcs,
        int elasticIps,
        int networkInterfaces,
        Set<ServiceRole> roles) {

    private static final String STACK = "aws:cloudformation:stack";

    /// Of a function's two subnets, of two tasks, the load balancer and the database.
    private static final int OTHER_INTERFACES = 10;

    /// Reads what `cdk synth` has written.
    static StageNeeds of(Path assembly) throws IOException {
        var stacks =
                map(JSON.std.mapFrom(Files.readString(assembly.resolve("manifest.json"))), "artifacts")
                        .values()
                        .stream()
                        .map(StageNeeds::map)
                        .filter(artifact -> STACK.equals(artifact.get("type")))
                        .toList();
        var resources = new ArrayList<Map<String, Object>>();
        for (var stack : stacks) {
            var template =
                    assembly.resolve(String.valueOf(map(stack, "properties").get("templateFile")));
            map(JSON.std.mapFrom(Files.readString(template)), "Resources")
                    .values()
                    .forEach(resource -> resources.add(map(resource)));
        }
        var first = stacks.getFirst();
        var roles = EnumSet.noneOf(ServiceRole.class);
        for (var role : ServiceRole.values()) {
            if (count(resources, role.type()) > 0) {
                roles.add(role);
            }
        }
        return new StageNeeds(
                String.valueOf(first.get("environment")).replaceFirst(".*/", ""),
                stacks.stream()
                        .mapToInt(stack -> number(map(stack, "properties").get("requiresBootstrapStackVersion")))
                        .max()
                        .orElse(0),
                String.valueOf(map(first, "properties").get("bootstrapStackVersionSsmParameter")),
                resources.stream()
                        .filter(resource -> "AWS::Lambda::Function".equals(resource.get("Type")))
                        .mapToInt(function -> number(map(function, "Properties").get("ReservedConcurrentExecutions")))
                        .sum(),
                count(resources, "AWS::EC2::VPC"),
                count(resources, "AWS::EC2::EIP"),
                OTHER_INTERFACES
                        + resources.stream()
                                .filter(resource -> "AWS::EC2::VPCEndpoint".equals(resource.get("Type")))
                                .mapToInt(
                                        endpoint -> map(endpoint, "Properties").get("SubnetIds") instanceof List<?> all
                                                ? all.size()
                                                : 0)
                                .sum(),
                roles);
    }

    private static int count(List<Map<String, Object>> resources, String type) {
        return Math.toIntExact(resources.stream()
                .filter(resource -> type.equals(resource.get("Type")))
                .count());
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }

    private static Map<String, Object> map(Map<String, Object> object, String name) {
        return map(object.getOrDefault(name, Map.of()));
    }

    @SuppressWarnings("unchecked") // templates are JSON: every key is a string
    private static Map<String, Object> map(Object value) {
        return value instanceof Map<?, ?> ? (Map<String, Object>) value : Map.of();
    }
}
