package network.cortensor.portal.operator.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import network.cortensor.portal.operator.console.Table.Column;
import network.cortensor.portal.operator.console.Table.Overflow;

/** Which columns of a table are shown, and how wide. */
record TableLayout(List<Place> places, int indent) {
    private static final String GAP = "  ";

    /** A wrapping column is made so narrow before another is left out for it. */
    private static final int BEARABLE = 24;

    /** And so narrow when nothing else can go. */
    private static final int NARROWEST = 12;

    /**
     * A shown column.
     *
     * @param index among all columns
     * @param natural the width of its widest cell
     * @param width what it gets
     */
    private record Place(int index, Column column, int natural, int width) {
        private boolean wraps() {
            return column.overflow() == Overflow.WRAPS;
        }

        private Place narrowed() {
            return new Place(index, column, natural, width - 1);
        }

        private List<String> pieces(Span cell) {
            return wraps() ? Wrapping.at(width, cell.text()) : List.of(cell.text());
        }

        private String filled(String piece, Style style, Colours colours) {
            String padding = " ".repeat(Math.max(0, width - piece.codePointCount(0, piece.length())));
            String shown = colours.show(style, piece);
            return switch (column.align()) {
                case LEFT -> shown + padding;
                case RIGHT -> padding + shown;
            };
        }
    }

    static TableLayout of(List<Column> columns, List<List<Span>> rows, int indent, OptionalInt room) {
        List<Place> places = new ArrayList<>(IntStream.range(0, columns.size())
                .mapToObj(index -> natural(index, columns.get(index), rows))
                .filter(place -> isAlwaysShown(place) || hasText(place, rows))
                .toList());
        if (room.isPresent()) {
            int limit = room.getAsInt() - indent;
            dropUntil(limit, places);
            narrowUntil(limit, places);
        }
        return new TableLayout(List.copyOf(places), indent);
    }

    private static Place natural(int index, Column column, List<List<Span>> rows) {
        int widest = rows.stream().mapToInt(row -> row.get(index).width()).max().orElse(0);
        int natural = Math.max(column.title().length(), widest);
        return new Place(index, column, natural, natural);
    }

    private static boolean isAlwaysShown(Place place) {
        return place.column().rank() == 0 && !place.wraps();
    }

    private static boolean hasText(Place place, List<List<Span>> rows) {
        return rows.stream().anyMatch(row -> !row.get(place.index()).text().isEmpty());
    }

    private static void dropUntil(int limit, List<Place> places) {
        while (bearable(places) > limit) {
            Place last = places.stream()
                    .max(Comparator.comparingInt(place -> place.column().rank()))
                    .orElseThrow();
            if (last.column().rank() == 0) {
                return;
            }
            places.remove(last);
        }
    }

    private static int bearable(List<Place> places) {
        return gaps(places)
                + places.stream()
                        .mapToInt(place -> place.wraps() ? Math.min(BEARABLE, place.natural()) : place.natural())
                        .sum();
    }

    /** The widest gives way first, so that neighbours end alike. */
    private static void narrowUntil(int limit, List<Place> places) {
        int over = gaps(places) + places.stream().mapToInt(Place::width).sum() - limit;
        while (over > 0) {
            Optional<Place> widest = places.stream()
                    .filter(place -> place.wraps() && place.width() > NARROWEST)
                    .max(Comparator.comparingInt(Place::width));
            if (widest.isEmpty()) {
                return;
            }
            places.replaceAll(place -> place.equals(widest.get()) ? place.narrowed() : place);
            over--;
        }
    }

    private static int gaps(List<Place> places) {
        return GAP.length() * (places.size() - 1);
    }

    /** The lines of one row. */
    List<String> lines(List<Span> row, Colours colours) {
        List<List<String>> cells = places.stream()
                .map(place -> place.pieces(row.get(place.index())))
                .toList();
        int height = cells.stream().mapToInt(List::size).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < height; line++) {
            StringBuilder text = new StringBuilder(" ".repeat(indent));
            for (int at = 0; at < places.size(); at++) {
                Place place = places.get(at);
                String piece = line < cells.get(at).size() ? cells.get(at).get(line) : "";
                text.append(at == 0 ? "" : GAP)
                        .append(place.filled(piece, row.get(place.index()).style(), colours));
            }
            lines.add(text.toString().stripTrailing());
        }
        return lines;
    }
}
