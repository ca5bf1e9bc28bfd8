package io.otfd.daemon;

import jakarta.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One line per event on standard error, as text or JSON. */
final class Logging {

    /** Held, since the log manager holds loggers weakly. */
    private static final Logger ROOT = Logger.getLogger("");

    private static final Logger OURS = Logger.getLogger("io.otfd");

    /** A client that goes away is no event of ours. */
    private static final Logger CONNECTIONS = Logger.getLogger("io.helidon.webserver");

    private Logging() {}

    static void configure(Config.LogFormat format, String level) {
        LogManager.getLogManager().reset();
        ConsoleHandler handler = new ConsoleHandler();
        handler.setLevel(Level.ALL);
        handler.setFormatter(
                switch (format) {
                    case text -> new TextFormatter();
                    case json -> new JsonFormatter();
                });
        ROOT.addHandler(handler);
        ROOT.setLevel(Level.WARNING);
        CONNECTIONS.setLevel(Level.SEVERE);
        OURS.setLevel(level(level));
    }

    private static Level level(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "trace" -> Level.FINER;
            case "debug" -> Level.FINE;
            case "warn" -> Level.WARNING;
            case "error" -> Level.SEVERE;
            default -> Level.INFO;
        };
    }

    private static String level(LogRecord record) {
        int value = record.getLevel().intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        return value >= Level.WARNING.intValue() ? "WARN" : value >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    private static String trace(LogRecord record) {
        StringWriter text = new StringWriter();
        record.getThrown().printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** {@code 2023/12/04 21:52:06 INFO message}, in local time. */
    private static final class TextFormatter extends Formatter {
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss").withZone(ZoneId.systemDefault());

        @Override
        public String format(LogRecord record) {
            String line = TIME.format(record.getInstant()) + " " + level(record) + " " + formatMessage(record) + "\n";
            return record.getThrown() == null ? line : line + trace(record);
        }
    }

    private static final class JsonFormatter extends Formatter {
        @Override
        public String format(LogRecord record) {
            Instant time = record.getInstant();
            var object = Json.createObjectBuilder()
                    .add("time", time.toString())
                    .add("level", level(record))
                    .add("msg", formatMessage(record));
            if (record.getThrown() != null) {
                object.add("error", trace(record));
            }
            return object.build() + "\n";
        }
    }
}
