package network.cortensor.portal.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import network.cortensor.portal.model.PromptFormat;

/**
 * What a model may write, invented so that a reader sees at once what went where: the answer's only letters and digits are digits, the
 * thoughts' are Greek.
 *
 * @param text with the format's marks
 * @param answer the digits of the answer
 * @param thoughts the Greek letters of the thoughts
 * @param whole whether {@code text} has not been cut
 */
record RawAnswer(PromptFormat format, String text, String answer, String thoughts, boolean whole) {
    private static final List<String> ANSWER =
            List.of("12", "3 4", "    5", "6\n7", "8\n\n9", "`10`", "1 < 2", "3|4>", "[5]", "{\"6\": 7}", "<8>");
    private static final List<String> THOUGHT =
            List.of("αβγ", "δε", "ζ η", "θι\nκλ", "μν\n\nξο", "`ππ`", "ρ < σ", "τ|υ>", "(φ)", "    χ");

    /** Of a shape, {@code A} stands for words of the answer, and {@code T} for a thought. */
    private record Shape(PromptFormat format, String marks, Cut cut) {}

    /** Whether the beginning of a text tells thoughts from the answer. */
    private enum Cut {
        ANYWHERE,
        NOWHERE
    }

    private static final List<Shape> SHAPES = List.of(
            harmony("<|channel|>analysis<|message|>T<|end|><|start|>assistant<|channel|>final<|message|>A<|return|>"),
            harmony("assistant<|channel|>analysis<|message|>T<|end|><|channel|>final<|message|>A<|end|>"),
            harmony("<|channel|>final <|constrain|>json<|message|>A<|return|>"),
            harmony("<|start|>assistant<|channel|>commentary<|message|>A<|end|><|start|>assistant<|channel|>analysis"
                    + "<|message|>T<|end|><|start|>assistant<|channel|>final<|message|>A<|return|>"),
            harmony("<|channel|>reflection<|message|>T<|end|><|channel|>final<|message|>A<|endoftext|>A"),
            harmony("<|channel|>final<|message|>A<|end|><|start|>user<|message|>"),
            new Shape(PromptFormat.HARMONY, "analysis`δ`T.assistantfinalA", Cut.NOWHERE),
            qwen35("T\n</think>\n\nA<|im_end|>"),
            qwen35("T</think>A"),
            qwen35("<think>\nT\n</think>\n\nA<|vision_pad|>A<|im_end|>\n"),
            qwen35("T</think>\n\nA\n</think>\nA"),
            new Shape(PromptFormat.QWEN3, "<think>\nT\n</think>\n\nA<|im_end|>", Cut.ANYWHERE),
            new Shape(PromptFormat.QWEN3, "A<|im_end|>", Cut.ANYWHERE),
            new Shape(PromptFormat.QWEN3, "T\n</think>\n\nA<|im_end|>", Cut.NOWHERE),
            gemma4("<|channel>thought\nT<channel|>A<turn|>"),
            gemma4("<|channel>T<channel|>A<turn|>"),
            gemma4("A<|channel>thought\nT<channel|>A"),
            gemma4("<|channel>thought\nT\n<channel|>\n<|channel>final\nA<channel|>"),
            gemma4("A<|image|>A<pad><turn|>\n<|turn>user\n"),
            new Shape(PromptFormat.GEMMA4, "thought\n\nA", Cut.NOWHERE),
            new Shape(PromptFormat.GEMMA3, "A<end_of_turn>\n", Cut.ANYWHERE),
            new Shape(PromptFormat.PLAIN, "<think>T</think>\n\nA</s>", Cut.ANYWHERE));

    private static Shape harmony(String marks) {
        return new Shape(PromptFormat.HARMONY, marks, Cut.ANYWHERE);
    }

    private static Shape qwen35(String marks) {
        return new Shape(PromptFormat.QWEN3_5, marks, Cut.ANYWHERE);
    }

    private static Shape gemma4(String marks) {
        return new Shape(PromptFormat.GEMMA4, marks, Cut.ANYWHERE);
    }

    /** One of every shape, and beginnings of those whose beginnings can be told apart. */
    static List<RawAnswer> drawn(RandomGenerator random) {
        List<RawAnswer> drawn = new ArrayList<>();
        for (Shape shape : SHAPES) {
            RawAnswer all = of(shape, random);
            drawn.add(all);
            for (int cuts = 0; cuts < 3 && shape.cut() == Cut.ANYWHERE; cuts++) {
                drawn.add(all.cutAt(random.nextInt(all.text().length())));
            }
        }
        return drawn;
    }

    private static RawAnswer of(Shape shape, RandomGenerator random) {
        String text = shape.marks()
                .chars()
                .mapToObj(c -> switch (c) {
                    case 'A' -> words(ANSWER, random);
                    case 'T' -> words(THOUGHT, random);
                    default -> Character.toString(c);
                })
                .collect(Collectors.joining());
        return new RawAnswer(shape.format(), text, digits(text), greek(text), true);
    }

    private static String words(List<String> some, RandomGenerator random) {
        Function<Integer, String> word = ignored -> some.get(random.nextInt(some.size()));
        return IntStream.rangeClosed(0, random.nextInt(6)).boxed().map(word).collect(Collectors.joining(" "));
    }

    private RawAnswer cutAt(int length) {
        return new RawAnswer(format, text.substring(0, length), answer, thoughts, false);
    }

    /** @param longest piece, in characters */
    List<String> pieces(RandomGenerator random, int longest) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(longest));
            pieces.add(text.substring(at, end));
            at = end;
        }
        return pieces;
    }

    static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }

    static String greek(String text) {
        return text.replaceAll("[^α-ω]", "");
    }
}
