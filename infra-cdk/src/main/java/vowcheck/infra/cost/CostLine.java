package vowcheck.infra.cost;

/// What some resources of a stage cost together, in USD.
///
/// @param what the resources and their number
/// @param idle a month of 730 hours without any request
/// @param inUse a month in which there are predictions, however many, in addition
/// @param perMillion each million predictions, one per request, in addition
public record CostLine(String what, double idle, double inUse, double perMillion) {
    /// What they cost in a month.
    public double month(long predictions) {
        return idle + (predictions > 0 ? inUse : 0) + perMillion * predictions / 1e6;
    }

    CostLine plus(CostLine other) {
        return new CostLine(what, idle + other.idle, inUse + other.inUse, perMillion + other.perMillion);
    }

    CostLine named(String name) {
        return new CostLine(name, idle, inUse, perMillion);
    }
}
