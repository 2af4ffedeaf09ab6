package network.cortensor.portal.prompt;

import java.time.LocalDate;
import java.util.List;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol.RawText;
import network.cortensor.portal.model.SpecialTokens;

/**
 * A request as the text that a model continues, together with what is needed to read the continuation.
 *
 * <p>A bare prompt of the customer's passes as it stands. A conversation is written in the alias's format, after what its texts have of the
 * format's own tokens was {@linkplain Marks#broken broken}, and ends with the assistant's turn opened, or in the middle of the turn that the
 * customer has begun.
 */
public final class Prompt {
    private final String text;
    private final Opening opening;
    private final Reading reading;

    private Prompt(String text, Opening opening, Reading reading) {
        this.text = text;
        this.opening = opening;
        this.reading = reading;
    }

    /** How every answer to a prompt is read. */
    record Reading(PromptFormat format, PromptTemplate template, OfferedFunctions offer, List<String> stops) {}

    /**
     * @param rawText what the target's server does between text and tokens
     * @param today for formats that tell the model the date
     * @throws IllegalArgumentException if the request has images, or tools and the format has no words for them: its {@linkplain
     *     CompletionRequest#features features} say so
     */
    public static Prompt of(CompletionRequest request, RawText rawText, LocalDate today) {
        PromptTemplate template = PromptTemplate.of(request.promptFormat());
        OfferedFunctions offer = OfferedFunctions.of(request.tools());
        Reading reading = new Reading(request.promptFormat(), template, offer, request.stop());
        return switch (request.input()) {
            case Input.Prompt bare -> new Prompt(bare.text(), new Opening.Bare(), reading);
            case Input.Chat chat -> {
                if (chat.needsImages()) {
                    throw new IllegalArgumentException("input: images (expected: texts only)");
                }
                PromptTemplate.Written written = template.write(new Brief(
                        Conversation.of(chat, template),
                        offer,
                        PromptedForm.of(request.responseFormat()),
                        effort(request, template, rawText),
                        today));
                String bos = rawText.bos() ? template.bos() : "";
                yield new Prompt(bos + written.text(), written.opening(), reading);
            }
        };
    }

    /**
     * Whether reasoning and calls of such a model can be told from its answer only where the server {@linkplain SpecialTokens#KEPT keeps}
     * special tokens.
     */
    public static boolean needsSpecialTokens(PromptFormat format) {
        return PromptTemplate.of(format).reasonsBetweenSpecialTokens();
    }

    /** Whether an answer of such a model may call several functions. */
    public static boolean callsInParallel(PromptFormat format) {
        return PromptTemplate.of(format).callsInParallel();
    }

    /** A model whose reasoning could not be told from its answer is not asked for any. */
    private static Effort effort(CompletionRequest request, PromptTemplate template, RawText rawText) {
        boolean told = !template.reasonsBetweenSpecialTokens() || rawText.specialTokens() == SpecialTokens.KEPT;
        Effort wished = Effort.of(request.sampling().reasoningEffort());
        return told || !wished.wished() ? wished : Effort.NONE;
    }

    /** What the model continues. */
    public String text() {
        return text;
    }

    /** How it is written. */
    public PromptFormat format() {
        return reading.format();
    }

    /**
     * A fresh decoder for one answer to this prompt that comes in pieces.
     *
     * @param callIds what the ids of the answer's calls begin with, which no other answer's do
     */
    public AnswerDecoder decoder(String callIds) {
        return decoder(callIds, Arrival.IN_PIECES);
    }

    /** A fresh decoder for an answer that is known as a whole, so that looking ahead delays no customer. */
    public AnswerDecoder wholeDecoder(String callIds) {
        return decoder(callIds, Arrival.WHOLE);
    }

    private AnswerDecoder decoder(String callIds, Arrival arrival) {
        return new AnswerDecoder(reading, reading.template().structure(opening, reading.offer(), arrival), callIds);
    }

    /** Customers' content stays out of logs. */
    @Override
    public String toString() {
        return "Prompt[" + text.length() + " characters]";
    }
}
