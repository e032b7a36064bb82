package io.tocsin.notify.watchdog;

import io.tocsin.model.Secret;
import java.time.Duration;

/**
 * Section {@code watchdog}.
 *
 * @param url the address that is told; whoever knows it can silence the alarm, so it is a secret
 * @param every how often, 1 s or more
 */
public record WatchdogSettings(Secret url, Duration every) {}
