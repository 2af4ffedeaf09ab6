package network.cortensor.portal.settings;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The declared variables of one function with their values. What was not declared cannot be read. */
public final class Variables {
    private final Set<Variable> declared;
    private final Map<String, String> environment;

    private Variables(Set<Variable> declared, Map<String, String> environment) {
        this.declared = declared;
        this.environment = environment;
    }

    /** @throws BadSettings naming every declared variable that is missing or empty */
    public static Variables of(Set<Variable> declared, Map<String, String> environment) {
        String missing = new TreeSet<>(declared)
                .stream()
                        .filter(variable ->
                                environment.getOrDefault(variable.key(), "").isBlank())
                        .map(variable -> variable.key() + ": not set (expected: " + variable.expectation() + ")")
                        .collect(Collectors.joining("; "));
        if (!missing.isEmpty()) {
            throw new BadSettings(missing);
        }
        return new Variables(Set.copyOf(declared), Map.copyOf(environment));
    }

    public String text(Variable variable) {
        if (!declared.contains(variable)) {
            throw new IllegalArgumentException(variable.key() + " is not declared by this function");
        }
        return environment.getOrDefault(variable.key(), "").strip();
    }

    /** Words separated by commas; the single word {@code none} is an empty set. */
    public Set<String> words(Variable variable) {
        return Arrays.stream(text(variable).split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty() && !word.equals("none"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @throws BadSettings if the value is neither {@code true} nor {@code false} */
    public boolean flag(Variable variable) {
        return switch (text(variable)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(variable);
        };
    }

    /** @throws BadSettings if the value is no whole number from 0 to a million */
    public int number(Variable variable) {
        String text = text(variable);
        if (!text.matches("\\d{1,6}")) {
            throw bad(variable);
        }
        return Integer.parseInt(text);
    }

    private static BadSettings bad(Variable variable) {
        return new BadSettings(variable.key() + ": has a bad value (expected: " + variable.expectation() + ")");
    }
}
