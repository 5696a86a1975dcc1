package vowcheck.launcher.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;

/// How long each step took the last time on this machine.
///
/// @param file one line for each step, in milliseconds
public record Durations(Path file) {

    /// The durations, in seconds, of the steps that were taken before.
    Map<UpStep, Double> read() {
        var properties = properties();
        var seconds = new EnumMap<UpStep, Double>(UpStep.class);
        for (var step : UpStep.values()) {
            var millis = properties.getProperty(step.name(), "");
            if (millis.matches("\\d{1,9}")) {
                seconds.put(step, Integer.parseInt(millis) / 1000.0);
            }
        }
        return seconds;
    }

    /// Keeps the duration of one step. Without it, only the next estimate is worse.
    synchronized void keep(UpStep step, long millis) {
        var properties = properties();
        properties.setProperty(step.name(), String.valueOf(millis));
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, "how long the steps of ./vowcheck up took, in milliseconds");
        } catch (IOException e) {
            return;
        }
    }

    private Properties properties() {
        var properties = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file)) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return properties;
    }
}
