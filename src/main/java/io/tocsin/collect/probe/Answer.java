package io.tocsin.collect.probe;

import io.tocsin.model.CheckResult;
import java.util.Map;

/**
 * How one question ended.
 *
 * @param result whether it found what it expects
 * @param details what was found, for people
 * @param error what was expected and what was found; null when it passed
 */
record Answer(CheckResult result, Map<String, Object> details, String error) {
    static Answer pass(Map<String, Object> details) {
        return new Answer(CheckResult.PASS, details, null);
    }

    static Answer fail(Map<String, Object> details, String error) {
        return new Answer(CheckResult.FAIL, details, error);
    }

    static Answer timeout(Map<String, Object> details, String error) {
        return new Answer(CheckResult.TIMEOUT, details, error);
    }
}
