package network.cortensor.portal.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import network.cortensor.portal.activity.Figures.Figure;
import org.junit.jupiter.api.Test;

class StripTest {
    @Test
    void everyShareIsInWordsWhatTheListOfModelsSays() {
        for (int answered = 0; answered <= 1_000; answered++) {
            Figure figure = new Figure(answered / 1_000.0, Optional.empty());

            assertThat(figure.share()).isEqualTo(String.format("%d.%03d", answered / 1_000, answered % 1_000));
            assertThat(Strip.of(List.of(), Optional.of(figure)).html())
                    .contains(String.format(">%d.%d %% answered<", answered / 10, answered % 10));
        }
    }
}
