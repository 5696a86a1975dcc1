package vowcheck.training;

/// Java's evaluation of the trees and Tribuo's own prediction differ: the model must not be published.
public final class ParityFailure extends RuntimeException {

    public ParityFailure(String message) {
        super(message);
    }
}
