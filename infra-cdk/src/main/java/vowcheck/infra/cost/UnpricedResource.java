package vowcheck.infra.cost;

/// A template has something whose price is not known: a sum without it would be wrong.
public final class UnpricedResource extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnpricedResource(String message) {
        super(message);
    }
}
