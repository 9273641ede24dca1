package io.distillwatch.workbench.job;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** What some loggers say while a test listens. */
final class LogLines {

    private final List<LogEvent> events = new CopyOnWriteArrayList<>();
    private final Level level;
    private final List<String> loggers;
    private final AbstractAppender appender;

    private LogLines(Level level, List<String> loggers) {
        this.level = level;
        this.loggers = loggers;
        this.appender =
                new AbstractAppender("test", null, null, true, Property.EMPTY_ARRAY) {
                    @Override
                    public void append(LogEvent event) {
                        events.add(event.toImmutable());
                    }
                };
    }

    static LogLines of(Level level, String... loggers) {
        return new LogLines(level, List.of(loggers));
    }

    void start() {
        appender.start();
        Configuration configuration = LoggerContext.getContext(false).getConfiguration();
        for (String logger : loggers) {
            LoggerConfig config = new LoggerConfig(logger, level, false);
            config.addAppender(appender, level, null);
            configuration.addLogger(logger, config);
        }
        LoggerContext.getContext(false).updateLoggers();
    }

    void stop() {
        Configuration configuration = LoggerContext.getContext(false).getConfiguration();
        loggers.forEach(configuration::removeLogger);
        LoggerContext.getContext(false).updateLoggers();
        appender.stop();
    }

    List<LogEvent> events() {
        return List.copyOf(events);
    }
}
