package network.cortensor.portal.prompt;

import java.time.LocalDate;
import java.util.List;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.Input;

/**
 * A request as the text that a model continues, together with what is needed to read the continuation.
 *
 * <p>A bare prompt of the customer's passes as it stands. A conversation is written in the alias's format, after its texts were
 * {@linkplain SpecialTokens#broken cleared of special tokens}, and ends with the assistant's turn opened.
 */
public final class Prompt {
    private final String text;
    private final Template template;
    private final Opening opening;
    private final List<String> stops;

    private Prompt(Template.Written written, Template template, List<String> stops) {
        this.text = written.text();
        this.template = template;
        this.opening = written.opening();
        this.stops = stops;
    }

    /**
     * @param today for formats that tell the model the date
     * @throws IllegalArgumentException if the request has tool turns or images, which no prompt can hold: its {@linkplain
     *     CompletionRequest#features features} say so
     */
    public static Prompt of(CompletionRequest request, LocalDate today) {
        Template template = Template.of(request.promptFormat());
        Template.Written written = switch (request.input()) {
            case Input.Prompt bare -> new Template.Written(bare.text(), Opening.BARE);
            case Input.Chat chat -> {
                if (chat.hasToolTurns() || chat.needsImages()) {
                    throw new IllegalArgumentException("input: tool turns or images (expected: texts only)");
                }
                Effort effort = Effort.of(request.sampling().reasoningEffort());
                yield template.write(Turn.of(chat), effort, today);
            }
        };
        return new Prompt(written, template, request.stop());
    }

    /** What the model continues. */
    public String text() {
        return text;
    }

    /** A fresh decoder for one answer to this prompt. */
    public AnswerDecoder decoder() {
        return new AnswerDecoder(template, opening, stops);
    }

    /**
     * A fresh decoder for an answer that is known as a whole. Where the router opened the reasoning by a template of its own, the text holds
     * only the closing tag; seeing all of it, one can tell.
     */
    public AnswerDecoder decoderFor(String whole) {
        return new AnswerDecoder(template, template.openingOf(whole, opening), stops);
    }

    /** Customers' content stays out of logs. */
    @Override
    public String toString() {
        return "Prompt[" + text.length() + " characters]";
    }
}
