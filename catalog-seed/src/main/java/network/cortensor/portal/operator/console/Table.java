package network.cortensor.portal.operator.console;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Rows under headings. Where it is too wide for the terminal, the columns that matter least are left out, and then the text of columns
 * that {@linkplain Column#wrapped wrap} goes on below; nothing is cut. Without a terminal it is as wide as it wants to be.
 *
 * <p>Not safe for use by several threads.
 */
public final class Table {
    private final List<Column> columns;
    private final List<List<Span>> rows = new ArrayList<>();
    private int indent;

    /**
     * One column.
     *
     * @param rank 0 stays whatever happens; of the others the highest goes first. Of these, and of those that wrap, one without any text is not
     *     shown at all
     */
    public record Column(String title, Align align, int rank, Overflow overflow) {
        /** Always there, on one line. */
        public static Column of(String title) {
            return new Column(title, Align.LEFT, 0, Overflow.NEVER);
        }

        /** For numbers. */
        public Column right() {
            return new Column(title, Align.RIGHT, rank, overflow);
        }

        /** Left out where there is no room; of several the one with the highest rank first. */
        public Column ifRoom(int order) {
            return new Column(title, align, order, overflow);
        }

        /** Goes on below where there is no room. */
        public Column wrapped() {
            return new Column(title, align, rank, Overflow.WRAPS);
        }
    }

    /** At which side of its column a cell stands. */
    public enum Align {
        LEFT,
        RIGHT
    }

    /** What a cell does that is wider than its column may be. */
    public enum Overflow {
        /** Its column is as wide as it is. */
        NEVER,
        /** It goes on below. */
        WRAPS
    }

    public Table(Column... columns) {
        this.columns = List.of(columns);
    }

    /** How far to the right it begins. */
    public Table indented(int by) {
        indent = by;
        return this;
    }

    /** @throws IllegalArgumentException if there are not as many cells as columns */
    public Table row(Span... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(
                    "cells: " + cells.length + " (expected: " + columns.size() + ", one per column)");
        }
        rows.add(List.of(cells));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** @param room in columns; empty if there is no limit */
    List<String> lines(OptionalInt room, Colours colours) {
        TableLayout layout = TableLayout.of(columns, rows, indent, room);
        List<String> lines = new ArrayList<>();
        if (columns.stream().anyMatch(column -> !column.title().isEmpty())) {
            lines.addAll(layout.lines(
                    columns.stream()
                            .map(column -> new Span(column.title(), Style.FAINT))
                            .toList(),
                    colours));
        }
        rows.forEach(row -> lines.addAll(layout.lines(row, colours)));
        return lines;
    }
}
