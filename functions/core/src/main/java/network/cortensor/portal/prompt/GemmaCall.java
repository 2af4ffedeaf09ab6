package network.cortensor.portal.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * One call in Gemma 4's notation, told as JSON while it comes.
 *
 * <pre>
 *   NAME ──"{"──▶ KEY ──":"──▶ VALUE ──quote──▶ TEXT ──quote──▶ NEXT
 *                  ▲             │ │ other       (as it stands)   │
 *                  │             │ └──▶ BARE ──────────────────▶  │
 *                  │             │ """                            │
 *                  │             └──▶ JSON_TEXT ──"""──────────▶  │
 *                  └───────────────────── "," ────────────────────┤ the last "}"
 *                                                                 ▼
 *                                                                DONE
 * </pre>
 *
 * <p>Objects and arrays nest. Values are typed by the function's schema. Closers that are missing are added where the call ends, those too
 * many are ignored, and JSON's quotes are read as well, with its escapes.
 */
final class GemmaCall {
    private final OfferedFunctions offer;
    private final StringBuilder word = new StringBuilder();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private JsonNode root = MissingNode.getInstance();
    private JsonNode schema = MissingNode.getInstance();
    private Typing typing = Typing.ANY;
    private Optional<String> begunName = Optional.empty();
    private boolean escaped;
    private boolean quotedKey;
    private boolean textBegun;
    private State state = State.NAME;

    private GemmaCall(OfferedFunctions offer) {
        this.offer = offer;
    }

    /** Behind {@code <|tool_call>}. */
    static GemmaCall unnamed(OfferedFunctions offer) {
        return new GemmaCall(offer);
    }

    /** Behind {@code <|tool_call>call:}. */
    static GemmaCall ofAny(OfferedFunctions offer) {
        return new GemmaCall(offer);
    }

    /** Behind the mark, {@code call:}, a name and a brace. */
    static GemmaCall of(String name, OfferedFunctions offer) {
        GemmaCall call = new GemmaCall(offer);
        call.begunName = Optional.of(name);
        return call;
    }

    /** Whether anything of the call has been read. */
    boolean begun() {
        return state != State.NAME || !word.isEmpty();
    }

    void text(String text, Structure.Voices voices) {
        if (begunName.isPresent() && !text.isEmpty()) {
            name(begunName.get(), voices);
            begunName = Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            read(text.charAt(i), voices);
        }
        flushText(voices);
    }

    /** The format's own quotation mark. */
    void quote(Structure.Voices voices) {
        text("", voices);
        switch (state) {
            case KEY -> quotedKey = !quotedKey;
            case VALUE -> beginText(State.TEXT);
            case TEXT -> endText(voices);
            case NAME, BARE, JSON_TEXT, NEXT, DONE -> {}
        }
    }

    private void read(char next, Structure.Voices voices) {
        switch (state) {
            case NAME -> {
                if (next == '{') {
                    name(word.toString().strip().replaceFirst("^call:\\s*", ""), voices);
                    word.setLength(0);
                } else {
                    word.append(next);
                }
            }
            case KEY -> key(next, voices);
            case VALUE -> value(next, voices);
            case BARE -> bare(next, voices);
            case TEXT -> word.append(next);
            case JSON_TEXT -> jsonText(next, voices);
            case NEXT -> next(next, voices);
            case DONE -> {}
        }
    }

    private void name(String name, Structure.Voices voices) {
        root = offer.function(name).map(OfferedFunctions.Function::parameters).orElse(MissingNode.getInstance());
        voices.call(name);
        open(new Frame(Kind.OBJECT, root), voices);
    }

    private void key(char next, Structure.Voices voices) {
        if (quotedKey ? next == '"' && !word.isEmpty() : next == ':') {
            if (next == '"') {
                quotedKey = false;
                return;
            }
            String key = word.toString().strip();
            word.setLength(0);
            separate(voices);
            voices.arguments(Typing.quoted(key) + ":");
            expect(Typing.property(top().schema(), key, root));
            return;
        }
        if (next == '"') {
            quotedKey = !quotedKey;
        } else if (!quotedKey && next == '}') {
            word.setLength(0);
            closeTo(Kind.OBJECT, voices);
        } else if (!quotedKey && word.isEmpty() && (Character.isWhitespace(next) || next == ',')) {
            return;
        } else {
            word.append(next);
        }
    }

    private void expect(JsonNode wanted) {
        schema = wanted;
        typing = Typing.of(wanted, root);
        state = State.VALUE;
    }

    private void value(char next, Structure.Voices voices) {
        if (Character.isWhitespace(next)) {
            return;
        }
        switch (next) {
            case '"' -> {
                beginText(State.JSON_TEXT);
                escaped = false;
            }
            case '{' -> {
                separateElement(voices);
                open(new Frame(Kind.OBJECT, schema), voices);
            }
            case '[' -> {
                separateElement(voices);
                open(new Frame(Kind.ARRAY, schema), voices);
            }
            case ']', '}' -> {
                if (top().kind() == Kind.OBJECT) {
                    voices.arguments("null");
                }
                closeTo(next == ']' ? Kind.ARRAY : Kind.OBJECT, voices);
            }
            case ',' -> {
                if (top().kind() == Kind.OBJECT) {
                    voices.arguments("null");
                    state = State.KEY;
                }
            }
            default -> {
                state = State.BARE;
                word.append(next);
            }
        }
    }

    private void bare(char next, Structure.Voices voices) {
        if (next != ',' && next != '}' && next != ']') {
            word.append(next);
            return;
        }
        endBare(voices);
        next(next, voices);
    }

    private void endBare(Structure.Voices voices) {
        separateElement(voices);
        voices.arguments(typing.json(word.toString().strip()));
        word.setLength(0);
        state = State.NEXT;
    }

    private void next(char next, Structure.Voices voices) {
        switch (next) {
            case ',' -> {
                if (top().kind() == Kind.OBJECT) {
                    state = State.KEY;
                } else {
                    expect(Typing.items(top().schema(), root));
                }
            }
            case '}' -> closeTo(Kind.OBJECT, voices);
            case ']' -> closeTo(Kind.ARRAY, voices);
            default -> {}
        }
    }

    private void jsonText(char next, Structure.Voices voices) {
        if (!escaped && next == '"') {
            String json = '"' + word.toString() + '"';
            word.setLength(0);
            word.append(Typing.parsed(json).map(JsonNode::asText).orElse(json));
            endText(voices);
            return;
        }
        escaped = !escaped && next == '\\';
        word.append(next);
    }

    private void beginText(State kind) {
        word.setLength(0);
        textBegun = false;
        state = kind;
    }

    /** A text that may be nothing else is passed on while it comes. */
    private void flushText(Structure.Voices voices) {
        if (state != State.TEXT || !typing.textOnly() || word.isEmpty()) {
            return;
        }
        int end = Character.isHighSurrogate(word.charAt(word.length() - 1)) ? word.length() - 1 : word.length();
        beginPassing(voices);
        voices.arguments(JsonStrings.escaped(word.substring(0, end)));
        word.delete(0, end);
    }

    private void beginPassing(Structure.Voices voices) {
        if (!textBegun) {
            separateElement(voices);
            voices.arguments("\"");
            textBegun = true;
        }
    }

    private void endText(Structure.Voices voices) {
        if (typing.allowsText()) {
            beginPassing(voices);
            voices.arguments(JsonStrings.escaped(word.toString()) + '"');
        } else {
            separateElement(voices);
            voices.arguments(typing.json(word.toString()));
        }
        word.setLength(0);
        state = State.NEXT;
    }

    private void open(Frame frame, Structure.Voices voices) {
        frames.push(frame);
        voices.arguments(frame.kind() == Kind.OBJECT ? "{" : "[");
        if (frame.kind() == Kind.OBJECT) {
            quotedKey = false;
            state = State.KEY;
        } else {
            expect(Typing.items(frame.schema(), root));
        }
    }

    /** Closes the innermost frame of the kind, and whatever was left open in it; a closer without an opener is nothing. */
    private void closeTo(Kind kind, Structure.Voices voices) {
        if (frames.stream().noneMatch(frame -> frame.kind() == kind)) {
            return;
        }
        while (true) {
            Frame closed = frames.pop();
            voices.arguments(closed.kind() == Kind.OBJECT ? "}" : "]");
            if (closed.kind() == kind) {
                break;
            }
        }
        state = State.NEXT;
        if (frames.isEmpty()) {
            voices.callEnd();
            state = State.DONE;
        }
    }

    /** Between the members of an object. */
    private void separate(Structure.Voices voices) {
        Frame top = frames.pop();
        voices.arguments(top.filled() ? "," : "");
        frames.push(top.withMember());
    }

    /** Between the elements of an array; a member's value has its separator before its key. */
    private void separateElement(Structure.Voices voices) {
        if (top().kind() == Kind.ARRAY) {
            separate(voices);
        }
    }

    private Frame top() {
        return frames.element();
    }

    /** The call is over, or the text is. */
    void end(boolean complete, Structure.Voices voices) {
        if (state == State.DONE || (begunName.isPresent() && !complete)) {
            return;
        }
        if (!complete) {
            voices.callCut();
            return;
        }
        if (begunName.isPresent()) {
            text(" ", voices);
        }
        switch (state) {
            case NAME -> {
                voices.call(word.toString().strip().replaceFirst("^call:\\s*", ""));
                voices.arguments("{}");
                voices.callEnd();
                state = State.DONE;
                return;
            }
            case TEXT, JSON_TEXT -> endText(voices);
            case BARE -> endBare(voices);
            case VALUE -> voices.arguments(top().kind() == Kind.OBJECT ? "null" : "");
            case KEY, NEXT, DONE -> {}
        }
        while (state != State.DONE) {
            closeTo(top().kind(), voices);
        }
    }

    private enum Kind {
        OBJECT,
        ARRAY
    }

    /** @param filled whether it has a member or an element already */
    private record Frame(Kind kind, JsonNode schema, boolean filled) {
        Frame(Kind kind, JsonNode schema) {
            this(kind, schema, false);
        }

        Frame withMember() {
            return new Frame(kind, schema, true);
        }
    }

    private enum State {
        NAME,
        KEY,
        VALUE,
        BARE,
        TEXT,
        JSON_TEXT,
        NEXT,
        DONE
    }
}
