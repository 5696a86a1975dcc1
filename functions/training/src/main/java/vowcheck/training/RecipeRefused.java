package vowcheck.training;

/// XGBoost does not train with the settings of a model: that of another release may have known others.
final class RecipeRefused extends RuntimeException {

    RecipeRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
