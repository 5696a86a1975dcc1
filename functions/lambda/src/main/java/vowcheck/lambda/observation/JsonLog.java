package vowcheck.lambda.observation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import co.elastic.logging.logback.EcsEncoder;
import org.slf4j.Logger;

/// Configures the log: one JSON object per line on standard output, with the fields of the Elastic Common Schema and
/// those of [LogContext]. logback finds this class as a service; the same configuration in XML makes a start 110 ms
/// slower.
public final class JsonLog extends ContextAwareBase implements Configurator {

    @Override
    public ExecutionStatus configure(LoggerContext log) {
        var encoder = new EcsEncoder();
        encoder.setContext(log);
        encoder.start();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(log);
        console.setEncoder(encoder);
        console.start();
        var root = log.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN); // of the SDK and Flyway, INFO says nothing useful but for the migrations below
        root.addAppender(console);
        log.getLogger("vowcheck").setLevel(Level.INFO);
        log.getLogger("org.flywaydb.core.internal.command").setLevel(Level.INFO);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
