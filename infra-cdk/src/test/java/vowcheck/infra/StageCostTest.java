package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.infra.cost.CostLine;
import vowcheck.infra.cost.CostTable;
import vowcheck.infra.cost.PriceList;
import vowcheck.infra.cost.StageCost;
import vowcheck.infra.cost.UnpricedResource;

/// What a stage costs by its templates.
class StageCostTest {
    private static final PriceList PRICES = PriceList.read();
    private static final long MILLION = 1_000_000;

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void everyResourceOfAStageHasAPriceOrIsFree(String stage) {
        assertThat(table(stage, MILLION).lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.month(MILLION)).isPositive());
    }

    @Test
    void aResourceWithoutAPriceFailsByTypeAndId() {
        assertThatThrownBy(() -> cost(Map.of("Cache", resource("AWS::ElastiCache::CacheCluster", Map.of()))))
                .isInstanceOf(UnpricedResource.class)
                .hasMessage("AWS::ElastiCache::CacheCluster (Cache) has no price: "
                        + "price it in StageCost, or add it to those that are free");
    }

    @Test
    void aSizeWithoutAPriceFailsByItsName() {
        var properties = Map.of("DBInstanceClass", "db.x9.huge", "AllocatedStorage", "20");

        assertThatThrownBy(() -> cost(Map.of("Database", resource("AWS::RDS::DBInstance", properties))))
                .isInstanceOf(UnpricedResource.class)
                .hasMessage("prices.csv has no price 'database instance db.x9.huge'");
    }

    @Test
    void aSecondZoneDoublesTheDatabase() {
        var one = total(cost(Map.of("Database", database(false))));
        var two = total(cost(Map.of("Database", database(true))));

        assertThat(one).isCloseTo(730 * 0.018 + 20 * 0.137, within(1e-9));
        assertThat(two).isCloseTo(2 * one, within(1e-9));
    }

    @Test
    void anInterfaceEndpointCostsInEachOfItsZonesAndAGatewayNothing() {
        var both = Map.of("VpcEndpointType", "Interface", "SubnetIds", List.of("a", "b"));
        var lines = cost(Map.of(
                "Sqs", resource("AWS::EC2::VPCEndpoint", both),
                "S3", resource("AWS::EC2::VPCEndpoint", Map.of("VpcEndpointType", "Gateway"))));

        assertThat(lines).extracting(CostLine::what).containsExactly("interface endpoints, in each zone (2)");
        assertThat(total(lines)).isCloseTo(2 * 730 * 0.012, within(1e-9));
    }

    @Test
    void aServiceCostsWhatItsTaskAsksForAndNothingWithoutTasks() {
        var task = resource("AWS::ECS::TaskDefinition", Map.of("Cpu", "512", "Memory", "1024"));

        assertThat(total(cost(Map.of("Task", task, "Service", service(1)))))
                .isCloseTo(730 * (0.5 * 0.037 + 0.004), within(1e-9));
        assertThat(total(cost(Map.of("Task", task, "Service", service(0))))).isZero();
    }

    @Test
    void predictionsCostInAdditionToTheIdleMonth() {
        var none = table("dev", 0);
        var some = table("dev", MILLION);

        assertThat(none.month()).isEqualTo(none.idle());
        assertThat(some.idle()).isEqualTo(none.idle());
        assertThat(table("dev", 2 * MILLION).month() - some.month())
                .isCloseTo(
                        some.lines().stream().mapToDouble(CostLine::perMillion).sum(), within(1e-9));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table("dev", -1))
                .withMessage("predictions is -1: expected 0 or more");
    }

    @Test
    void anIdleDevCostsLessThanSixty() {
        assertThat(table("dev", 0).month()).isLessThan(60);
    }

    /// To write the tables again: `mvn test -pl infra-cdk -am -Dtest=StageCostTest -Drewrite`.
    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void theDocumentHasTheTableOfTheTemplates(String stage) throws IOException {
        var document = Path.of("../docs/cost.md");
        var text = Files.readString(document);
        var table = table(stage, MILLION).markdown();
        var begin = text.indexOf("| `" + stage + "` | idle |");
        assertThat(begin).as("the table of %s in docs/cost.md", stage).isNotNegative();
        var rest = text.substring(begin);
        var end = begin + (rest.contains("\n\n") ? rest.indexOf("\n\n") + 1 : rest.length());
        if (System.getProperty("rewrite") != null) {
            Files.writeString(document, text.substring(0, begin) + table + text.substring(end));
        } else {
            assertThat(text.substring(begin, end)).isEqualTo(table);
        }
    }

    @Test
    void theAppWritesTheTableAndItsReservation(@TempDir Path folder) throws IOException {
        var file = folder.resolve("cost.txt");

        CostApp.main(file.toString(), "dev", "1000000");

        assertThat(Files.readString(file))
                .startsWith("stage dev: USD for a month of 730 hours")
                .contains("1,000,000 predictions", "total")
                .endsWith(PRICES.reservation() + System.lineSeparator());
    }

    private static CostTable table(String stage, long predictions) {
        var synthesized = Synthesized.of(stage);
        return new CostTable(
                stage, StageCost.of(List.of(synthesized.data(), synthesized.service()), PRICES), predictions);
    }

    private static List<CostLine> cost(Map<String, Object> resources) {
        return StageCost.of(List.of(Map.of("Resources", resources)), PRICES);
    }

    private static double total(List<CostLine> lines) {
        return lines.stream().mapToDouble(CostLine::idle).sum();
    }

    private static Map<String, Object> resource(String type, Map<String, ?> properties) {
        return Map.of("Type", type, "Properties", properties);
    }

    private static Map<String, Object> database(boolean twoZones) {
        return resource(
                "AWS::RDS::DBInstance",
                Map.of("DBInstanceClass", "db.t4g.micro", "AllocatedStorage", "20", "MultiAZ", twoZones));
    }

    private static Map<String, Object> service(int tasks) {
        return resource("AWS::ECS::Service", Map.of("TaskDefinition", Map.of("Ref", "Task"), "DesiredCount", tasks));
    }
}
