package network.cortensor.portal.tokens;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The tokens of o200k: texts in UTF-8, each with its rank. The lower the rank, the earlier two neighbours are joined to that token. Safe for use by many
 * threads.
 *
 * <p>200,000 tokens as keys of a map take 17 MB and as its values as much again. Here all their bytes stand in one array and a table of hashes says
 * where, together 4 MB: enough to count, for nobody reads tokens back.
 */
final class Vocabulary {
    /** Of JTokkit's package, whose lines are a token in Base64, a blank and its rank. */
    private static final String FILE = "/com/knuddels/jtokkit/o200k_base.tiktoken";

    /** What {@link #rank} says of bytes that are no token: higher than any rank. */
    static final int NONE = Integer.MAX_VALUE;

    /** A power of two, more than twice as many as tokens. */
    private static final int PLACES = 1 << 19;

    private final int[] places = new int[PLACES];
    private byte[] bytes = new byte[1 << 21];
    private int[] ends = new int[1 << 18];
    private int tokens;

    private Vocabulary() {}

    static Vocabulary o200k() {
        Vocabulary vocabulary = new Vocabulary();
        try (InputStream file = Vocabulary.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is not in the package");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.ISO_8859_1));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                vocabulary.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a file of the package cannot be read", e);
        }
        vocabulary.bytes = Arrays.copyOf(vocabulary.bytes, vocabulary.end(vocabulary.tokens));
        vocabulary.ends = Arrays.copyOf(vocabulary.ends, vocabulary.tokens);
        return vocabulary;
    }

    /** Lines come in the order of their ranks. */
    private void add(String line) {
        int blank = line.indexOf(' ');
        int rank = Integer.parseInt(line, blank + 1, line.length(), 10);
        if (rank < tokens) {
            throw new IllegalStateException("rank: " + rank + " (expected: >= " + tokens + ")");
        }
        byte[] token = Base64.getDecoder().decode(line.substring(0, blank));
        int from = end(tokens);
        while (tokens < rank) {
            ends[tokens++] = from;
        }
        if (from + token.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        System.arraycopy(token, 0, bytes, from, token.length);
        ends[tokens++] = from + token.length;
        int place = place(token, 0, token.length);
        while (places[place] != 0) {
            place = (place + 1) % PLACES;
        }
        places[place] = rank + 1;
    }

    /** The rank of the token that these bytes are, or {@link #NONE}. */
    int rank(byte[] text, int from, int to) {
        for (int place = place(text, from, to); places[place] != 0; place = (place + 1) % PLACES) {
            int rank = places[place] - 1;
            if (Arrays.equals(bytes, end(rank), end(rank + 1), text, from, to)) {
                return rank;
            }
        }
        return NONE;
    }

    /** Where the tokens before this one end. */
    private int end(int rank) {
        return rank == 0 ? 0 : ends[rank - 1];
    }

    private static int place(byte[] text, int from, int to) {
        int hash = to - from;
        for (int at = from; at < to; at++) {
            hash = 31 * hash + text[at];
        }
        hash *= 0x9E3779B9;
        return (hash ^ hash >>> 15) & PLACES - 1;
    }
}
