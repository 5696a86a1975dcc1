package vowcheck.lambda.observation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import co.elastic.logging.logback.EcsEncoder;
import org.slf4j.Logger;

/// The log's form: one JSON object a line to standard output, fields named by the Elastic Common Schema, those of
/// [LogContext] beside them. Found by logback as a service; the same in XML costs a start 110 ms more.
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
        root.setLevel(Level.WARN); // the SDK's own news are of no use there, and Flyway's only these
        root.addAppender(console);
        log.getLogger("vowcheck").setLevel(Level.INFO);
        log.getLogger("org.flywaydb.core.internal.command").setLevel(Level.INFO);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
