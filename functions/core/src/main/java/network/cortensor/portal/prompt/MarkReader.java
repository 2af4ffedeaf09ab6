package network.cortensor.portal.prompt;

import java.util.Collection;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Parts raw text into marks and what stands between them. Nothing is held back that cannot be the beginning of a mark. */
final class MarkReader {
    private final Search marks;
    private final Numbered numbered;
    private final Held held = new Held();
    private boolean inNumber;

    /**
     * Marks of which a vocabulary has many that differ in a number, as in {@code <unused17>}.
     *
     * @param before the number
     * @param after the number
     */
    record Numbered(String before, String after) {}

    MarkReader(Collection<String> marks, Numbered numbered) {
        this.marks = new Search(
                Stream.concat(marks.stream(), Stream.of(numbered.before())).toList());
        this.numbered = numbered;
    }

    MarkReader(Collection<String> marks) {
        this.marks = new Search(marks);
        this.numbered = new Numbered("", "");
    }

    void read(String piece, Consumer<String> text, Consumer<String> mark) {
        for (int i = 0; i < piece.length(); i++) {
            held.add(piece.charAt(i));
            if (inNumber) {
                number(text, mark);
            } else {
                marks.read(piece.charAt(i)).ifPresent(found -> found(found, text, mark));
            }
        }
        if (!inNumber) {
            pass(held.length() - marks.pending(), text);
        }
    }

    private void found(String found, Consumer<String> text, Consumer<String> mark) {
        pass(held.length() - found.length(), text);
        marks.reset();
        if (found.equals(numbered.before())) {
            inNumber = true;
            return;
        }
        held.dropAll();
        mark.accept(found);
    }

    /** What is held began like a numbered mark. */
    private void number(Consumer<String> text, Consumer<String> mark) {
        String rest = held.from(numbered.before().length());
        int digits = 0;
        while (digits < rest.length() && Character.isDigit(rest.charAt(digits))) {
            digits++;
        }
        String behind = rest.substring(digits);
        if (numbered.after().equals(behind) && digits > 0) {
            inNumber = false;
            held.dropAll();
            mark.accept(numbered.before());
        } else if (!numbered.after().startsWith(behind) || digits > 8) {
            inNumber = false;
            String all = held.releaseAll();
            text.accept(all.substring(0, 1));
            read(all.substring(1), text, mark);
        }
    }

    /** Half a mark is text. */
    void end(Consumer<String> text) {
        inNumber = false;
        pass(held.length(), text);
        marks.reset();
    }

    private void pass(int count, Consumer<String> text) {
        if (count > 0) {
            text.accept(held.release(count));
        }
    }
}
