package network.cortensor.portal.prompt;

/** Characters whose fate is not decided yet, first in, first out; both ends cost constant time per character. */
final class Held {
    private final StringBuilder buffer = new StringBuilder();
    private int head;

    void add(char next) {
        buffer.append(next);
    }

    int length() {
        return buffer.length() - head;
    }

    /** Takes the first {@code count} characters out. */
    String release(int count) {
        String released = buffer.substring(head, head + count);
        drop(count);
        return released;
    }

    /** What stands behind the first {@code start} characters. */
    String from(int start) {
        return buffer.substring(head + start);
    }

    String releaseAll() {
        return release(length());
    }

    /** Forgets the first {@code count} characters. */
    void drop(int count) {
        head += count;
        if (head > buffer.length() / 2) {
            buffer.delete(0, head);
            head = 0;
        }
    }

    void dropAll() {
        drop(length());
    }

    /** Whether nothing but blanks stands from {@code start} to before {@code end}. */
    boolean blank(int start, int end) {
        for (int i = head + start; i < head + end; i++) {
            if (!Character.isWhitespace(buffer.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
