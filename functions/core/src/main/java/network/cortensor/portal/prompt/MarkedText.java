package network.cortensor.portal.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import network.cortensor.portal.model.PromptFormat;

/**
 * A prompt or a raw answer as its model's tokenizer sees it: marks, each of which is one token, and what stands between them.
 *
 * @param marks how many of the format's own tokens it has
 */
public record MarkedText(List<String> texts, int marks) {
    public MarkedText {
        texts = List.copyOf(texts);
    }

    public static MarkedText of(PromptFormat format, String raw) {
        PromptTemplate template = PromptTemplate.of(format);
        if (template.marks() == Marks.ANY) {
            return new MarkedText(List.of(raw), 0);
        }
        List<String> texts = new ArrayList<>();
        Matcher marks = template.marks().in(raw);
        int from = 0;
        int count = 0;
        while (marks.find()) {
            texts.add(raw.substring(from, marks.start()));
            from = marks.end();
            count++;
        }
        texts.add(raw.substring(from));
        return new MarkedText(texts, count);
    }

    /** Customers' content stays out of logs. */
    @Override
    public String toString() {
        return "MarkedText[" + marks + " marks]";
    }
}
