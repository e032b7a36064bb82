package io.tocsin.store;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flyway tells its whole story at level info; only its warnings matter to us, and its errors come back as exceptions.
 * Flyway finds this class by its name.
 */
public final class QuietLog implements LogCreator, Log {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    @Override
    public Log createLogger(Class<?> type) {
        return this;
    }

    @Override
    public void debug(String message) {
        LOG.trace(message);
    }

    @Override
    public void info(String message) {
        LOG.debug(message);
    }

    @Override
    public void notice(String message) {
        LOG.debug(message);
    }

    @Override
    public void warn(String message) {
        LOG.warn(message);
    }

    @Override
    public void error(String message) {
        LOG.debug(message);
    }

    @Override
    public void error(String message, Exception fault) {
        LOG.debug(message, fault);
    }
}
