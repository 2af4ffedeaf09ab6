package network.cortensor.portal.dynamo.usage;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import network.cortensor.portal.usage.SaturatingSums;
import network.cortensor.portal.usage.Sixtieths;
import network.cortensor.portal.usage.Totals;
import network.cortensor.portal.usage.Window;

/**
 * What of a customer's counters changes only when they roll, in as few bytes as it takes: a write costs a unit per kilobyte of the item. Numbers are
 * written seven bits a byte, the lowest first, and runs of zeros as a zero and their length. A key that is busy all week takes some 350 bytes, a quiet one 50.
 */
record PackedPast(List<Place> places) {
    private static final int VERSION = 1;
    private static final int MOST_BITS = 63;

    PackedPast {
        places = List.copyOf(places);
    }

    /** One key's past, and its number in the item. */
    record Place(int number, String keyId, Windows windows, Totals month) {}

    record Windows(Sixtieths minute, Sixtieths week, Sixtieths tokens) {}

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(VERSION);
        put(out, places.size());
        for (Place place : places) {
            byte[] name = place.keyId().getBytes(StandardCharsets.UTF_8);
            put(out, place.number());
            put(out, name.length);
            out.writeBytes(name);
            put(out, place.windows().minute());
            put(out, place.windows().week());
            put(out, place.windows().tokens());
            put(out, place.month().requests());
            put(out, place.month().promptTokens());
            put(out, place.month().completionTokens());
        }
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, Sixtieths counts) {
        int zeros = 0;
        for (long count : counts.newestFirst().toArray()) {
            if (count == 0) {
                zeros++;
                continue;
            }
            putZeros(out, zeros);
            zeros = 0;
            put(out, count);
        }
        putZeros(out, zeros);
    }

    private static void putZeros(ByteArrayOutputStream out, int zeros) {
        if (zeros > 0) {
            put(out, 0);
            put(out, zeros);
        }
    }

    private static void put(ByteArrayOutputStream out, long number) {
        long left = number;
        while (left > 0x7f) {
            out.write((int) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    /** @throws IllegalArgumentException if these are no bytes of {@link #bytes} */
    static PackedPast of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            if (in.get() != VERSION) {
                throw new IllegalArgumentException("past: of another version (expected: " + VERSION + ")");
            }
            List<Place> places = new ArrayList<>();
            for (long left = number(in); left > 0; left--) {
                places.add(place(in));
            }
            return new PackedPast(places);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("past: too short", e);
        }
    }

    private static Place place(ByteBuffer in) {
        int number = Math.toIntExact(number(in));
        byte[] name = new byte[Math.toIntExact(Math.min(number(in), in.remaining()))];
        in.get(name);
        Windows windows = new Windows(sixtieths(in), sixtieths(in), sixtieths(in));
        Totals month = new Totals(number(in), number(in), number(in));
        return new Place(number, new String(name, StandardCharsets.UTF_8), windows, month);
    }

    private static Sixtieths sixtieths(ByteBuffer in) {
        long[] counts = new long[Window.SIXTIETHS];
        int at = 0;
        while (at < counts.length) {
            long count = number(in);
            if (count == 0) {
                at = Math.toIntExact(at + Math.max(1, Math.min(number(in), counts.length)));
            } else {
                counts[at++] = count;
            }
        }
        return Sixtieths.of(counts);
    }

    private static long number(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; shift < MOST_BITS; shift += 7) {
            byte next = in.get();
            number |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return SaturatingSums.clamped(number);
            }
        }
        throw new IllegalArgumentException("past: a number without end");
    }
}
