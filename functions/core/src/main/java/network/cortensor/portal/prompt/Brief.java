package network.cortensor.portal.prompt;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Everything that a template makes a prompt of.
 *
 * @param form that the answer is to have; empty if any text will do
 * @param today for formats that tell the model the date
 */
record Brief(
        Conversation conversation,
        OfferedFunctions offer,
        Optional<PromptedForm> form,
        Effort effort,
        LocalDate today) {
    /** The conversation in which the system text asks for the form, for formats that know no other way. */
    Conversation instructed(Marks marks) {
        return conversation.instructed(form, marks);
    }
}
