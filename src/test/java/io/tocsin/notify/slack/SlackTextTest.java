package io.tocsin.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SlackTextTest {
    private static final String CORPUS =
            "<!channel> <!here> <!subteam^S1> <@U123> <http://evil|click> *x* `y` &lt; & 🚨 ";

    private static String decoded(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    @Test
    void mentionsAndLinksAreDefused() {
        assertThat(SlackText.escape("<!channel> <@U1> &lt;", 100)).isEqualTo("&lt;!channel&gt; &lt;@U1&gt; &amp;lt;");
    }

    @Test
    void cuttingAtAnyLengthLeavesNeitherABrokenEntityNorHalfACharacter() {
        String text = CORPUS.repeat(60);
        for (int max = 1; max <= 4000; max++) {
            String cut = SlackText.escape(text, max);
            assertThat(cut.length()).isLessThanOrEqualTo(max);
            assertThat(cut.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&", "<", ">");
            assertThat(Character.isSurrogate(cut.charAt(cut.length() - 1))).isFalse();
            assertThat(cut).endsWith("…");
            assertThat(text).startsWith(decoded(cut.substring(0, cut.length() - 1)));
        }
    }

    @Test
    void whatFitsIsKeptWhole() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(30); j > 0; j--) {
                text.append("&<>;alt mpg".charAt(random.nextInt(11)));
            }
            String escaped = SlackText.escape(text.toString(), 1000);
            assertThat(decoded(escaped)).isEqualTo(text.toString());
            if (!escaped.isEmpty()) {
                assertThat(SlackText.escape(text.toString(), escaped.length())).isEqualTo(escaped);
            }
        }
    }

    @Test
    void codeCannotBeLeft() {
        assertThat(SlackText.code("a`b` *c*", 50)).isEqualTo("`a'b' *c*`");
        assertThat(SlackText.code(" ", 50)).isEqualTo("`—`");
        assertThat(SlackText.code("<".repeat(50), 20))
                .hasSizeLessThanOrEqualTo(20)
                .endsWith("`");
    }
}
