package io.tocsin.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementTest {
    private static final String PLACE = "10.0.0.1:5701";
    private static final Announcement GOOD =
            new Announcement(PLACE, "tocsin-0:5701", "web", "1.2", "abc", MemberState.READY, true, Instant.EPOCH);

    @Test
    void whatIsAnnouncedIsRead() throws Exception {
        assertThat(Announcement.read(GOOD.text(), PLACE)).isEqualTo(GOOD);
    }

    @Test
    void fieldsOfALaterVersionAreNoMatter() throws Exception {
        String later = new JsonObject(GOOD.text()).put("colour", "red").encode();
        assertThat(Announcement.read(later, PLACE)).isEqualTo(GOOD);
    }

    @Test
    void nobodySpeaksForAnother() {
        unusable(GOOD.text(), "10.0.0.2:5701", "place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "7", "[1]", "null", "\"x\""})
    void whatIsNoObjectIsUnusable(String text) {
        unusable(text, PLACE, "shape");
    }

    @ParameterizedTest
    @CsvSource({"node,", "node,5", "name,' '", "version,{}", "rule_hash,[]", "state,king", "state,lost", "since,now"})
    void aWrongFieldIsUnusable(String field, String value) {
        Object wrong = value == null || !value.matches("[5{\\[].*")
                ? value
                : Map.of("5", 5, "{}", Map.of(), "[]", List.of()).get(value);
        unusable(new JsonObject(GOOD.text()).put(field, wrong).encode(), PLACE, "shape");
    }

    @Test
    void controlCharactersAndMegabytesAreUnusable() {
        unusable(new JsonObject(GOOD.text()).put("name", "a\u001b[31m").encode(), PLACE, "shape");
        unusable(new JsonObject(GOOD.text()).put("name", "a".repeat(301)).encode(), PLACE, "shape");
        unusable("x".repeat(1_000_000), PLACE, "length");
        unusable(List.of(GOOD.text()), PLACE, "type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1]", "[{}]", "[{\"place\":\"a:1\",\"state\":\"ready\"}]"})
    void whatIsNoListOfThoseAwayIsUnusable(String text) {
        assertThatThrownBy(() -> Missed.read(text)).hasMessage("shape");
    }

    private static void unusable(Object raw, String place, String why) {
        assertThatThrownBy(() -> Announcement.read(raw, place))
                .isInstanceOf(Announcement.Unusable.class)
                .hasMessage(why);
    }
}
