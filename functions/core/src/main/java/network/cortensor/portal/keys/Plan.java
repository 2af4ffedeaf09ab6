package network.cortensor.portal.keys;

import network.cortensor.portal.model.Names;

/**
 * What a customer has agreed to use at most.
 *
 * @param name of the plan's item
 * @param customer what all keys of one customer may use together: another key is no more room
 * @param key what each key may use of that
 */
public record Plan(String name, Limits customer, Limits key) {
    public Plan {
        if (!Names.isName(name)) {
            throw new IllegalArgumentException("plan: not a name (expected: " + Names.FORM + ")");
        }
    }
}
