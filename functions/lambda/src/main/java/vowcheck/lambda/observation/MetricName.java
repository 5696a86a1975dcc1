package vowcheck.lambda.observation;

import java.util.List;

/// A metric in CloudWatch: its name, its unit and the dimensions by which it is looked up.
record MetricName(String name, String unit, List<String> dimensions) {

    MetricName {
        dimensions = List.copyOf(dimensions);
    }
}
