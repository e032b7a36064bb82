package io.tocsin.bus;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.tocsin.model.Text;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Says what is wrong with a text that is no JSON. */
final class JsonFault {
    private JsonFault() {}

    /**
     * Where, what was found, what is allowed.
     *
     * @param fault what the parser found
     * @param reached where it stopped, for faults that do not say where they are
     * @param lines whether the text has lines
     */
    static String describe(JsonProcessingException fault, JsonLocation reached, boolean lines) {
        JsonLocation place = fault.getLocation() == null ? reached : fault.getLocation();
        return (lines ? "line " + place.getLineNr() + " " : "") + "column " + place.getColumnNr() + ": " + what(fault);
    }

    private static String what(JsonProcessingException fault) {
        String text = String.valueOf(fault.getOriginalMessage());
        if (fault instanceof JsonEOFException) {
            return "expected the rest of the JSON, found the end";
        }
        if (fault instanceof StreamConstraintsException) {
            return constraint(text);
        }
        // what the parser says of itself, its options and its source is of no use to the sender
        String bare = text.replaceFirst("(?s) at \\[Source:.*", "")
                .replaceFirst(": enable `.*", "")
                .replaceFirst(" \\(start marker at .*", "");
        return "expected JSON, found this: " + Text.cut(Text.clean(bare), 200);
    }

    private static String constraint(String text) {
        return text.startsWith("Document nesting")
                ? "expected at most " + JsonText.MAX_DEPTH + " levels of arrays and objects, found more"
                : "expected texts of at most " + JsonText.MAX_STRING + " characters and numbers of at most "
                        + JsonText.MAX_NUMBER + ", found a longer one";
    }

    /**
     * The text of some bytes.
     *
     * @throws InvalidMessage if they are not UTF-8
     */
    static String utf8(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        // the replacement character may have been sent, or stands for bytes that are not UTF-8
        if (text.indexOf('\uFFFD') >= 0) {
            check(bytes, from, to);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static void check(byte[] bytes, int from, int to) {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(to - from), true);
        if (result.isError()) {
            throw new InvalidMessage(String.format(
                    "byte %d: expected UTF-8, found 0x%02x", in.position() - from + 1, bytes[in.position()] & 0xff));
        }
    }
}
