package io.tocsin.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesMapTest {
    private final SeriesMap map = new SeriesMap();
    private final Series first = new Series("c|metric|n1|load");
    private final Series second = new Series("c|metric|n2|load");
    private final Series third = new Series("c|metric|n3|load");

    SeriesMapTest() {
        List.of(first, second, third).forEach(map::add);
    }

    private List<Series> arrive(Series... order) {
        return List.of(order).stream()
                .map(one -> map.arrived(String.valueOf(one.key.toCharArray())))
                .toList();
    }

    @Test
    void eachSeriesIsFoundInWhateverOrderReadingsCome() {
        for (int round = 0; round < 3; round++) {
            assertThat(arrive(first, second, third)).containsExactly(first, second, third);
            assertThat(arrive(third, first, first, second)).containsExactly(third, first, first, second);
        }
    }

    @Test
    void seriesThatWentIsNotFoundWhereItUsedToFollow() {
        arrive(first, second, third, first, second, third);
        map.remove(second);

        arrive(first);
        assertThat(map.arrived(second.key)).isNull();

        Series back = new Series(second.key);
        map.add(back);
        assertThat(arrive(first, second, third, first, second)).containsExactly(first, back, third, first, back);
    }
}
