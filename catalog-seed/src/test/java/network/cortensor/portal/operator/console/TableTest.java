package network.cortensor.portal.operator.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import network.cortensor.portal.operator.console.Table.Column;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Table TABLE = new Table(
                    Column.of("NAME"),
                    Column.of("N").right(),
                    Column.of("SELDOM").ifRoom(2),
                    Column.of("EMPTY").ifRoom(1),
                    Column.of("WHY").wrapped())
            .row(plain("a"), plain("1"), plain("rather long"), plain(""), plain("because of this and that and more"))
            .row(new Span("bcd", Style.BAD), plain("23"), plain("x"), plain(""), plain("-"));

    @Test
    void withoutATerminalItIsAsWideAsItWants() {
        assertThat(TABLE.lines(OptionalInt.empty(), Colours.OFF))
                .containsExactly(
                        "NAME   N  SELDOM       WHY",
                        "a      1  rather long  because of this and that and more",
                        "bcd   23  x            -");
    }

    @Test
    void whereRoomIsShortColumnsOfHighRankGoAndWordsWrap() {
        assertThat(TABLE.lines(OptionalInt.of(36), Colours.OFF))
                .containsExactly(
                        "NAME   N  WHY", "a      1  because of this and that", "          and more", "bcd   23  -");
    }

    @Test
    void nothingIsWiderThanTheTerminalWhileWordsAreShort() {
        for (int room = 30; room < 80; room++) {
            int most = room;
            assertThat(TABLE.lines(OptionalInt.of(room), Colours.OFF))
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(most));
        }
    }

    @Test
    void coloursTakeNoRoom() {
        assertThat(TABLE.lines(OptionalInt.empty(), Colours.SHOWN))
                .contains("\u001b[31mbcd\u001b[0m   23  x            -");
    }

    @Test
    void whatATerminalWouldObeyIsShownInstead() {
        assertThat(new Span("a\u001b[2Jb\nc\u202ed", Style.PLAIN).text()).isEqualTo("a\\u001b[2Jb\\u000ac\\u202ed");
    }

    private static Span plain(String text) {
        return Span.plain(text);
    }
}
