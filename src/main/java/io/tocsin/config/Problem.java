package io.tocsin.config;

import io.tocsin.model.Text;

/**
 * One thing that is wrong with the configuration.
 *
 * @param place where
 * @param key the dotted key, {@code receivers.slack.url}; empty for the file as a whole
 * @param what what was found and what is allowed
 */
public record Problem(Place place, String key, String what) {
    /** {@code config/tocsin.yaml:12:5: receivers.slack.url: set either url or url_file, not both}. */
    @Override
    public String toString() {
        return Text.clean(place.text()) + ": " + message();
    }

    /** The key and what is wrong with it, without the place. */
    public String message() {
        boolean told =
                place.source() == Place.Source.COMMAND_LINE && place.text().equals("--set " + key);
        return Text.clean((key.isEmpty() || told ? "" : key + ": ") + what);
    }
}
