package network.cortensor.portal.dynamo;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import network.cortensor.portal.settings.Variable;
import network.cortensor.portal.settings.Variables;

/** The tables' names as an environment gives them. A function declares and gets those that it uses; the others stay a name that no table has. */
public final class TableSettings {
    /** Every table's variable. */
    public static final Set<Variable> ALL = EnumSet.of(
            Variable.TABLE_MODELS,
            Variable.TABLE_POOLS,
            Variable.TABLE_TARGETS,
            Variable.TABLE_TARGET_HEALTH,
            Variable.TABLE_SESSION_SLOTS,
            Variable.TABLE_CATALOG_HISTORY,
            Variable.TABLE_API_KEYS,
            Variable.TABLE_USAGE);

    private static final String UNUSED = "not-used-here";

    private TableSettings() {}

    /** @throws network.cortensor.portal.settings.BadSettings if a variable of {@link #ALL} is missing */
    public static TableNames names(Map<String, String> environment) {
        return names(ALL, Variables.of(ALL, environment));
    }

    /** @param declared those of {@link #ALL} that {@code variables} has */
    public static TableNames names(Set<Variable> declared, Variables variables) {
        return new TableNames(
                name(Variable.TABLE_MODELS, declared, variables),
                name(Variable.TABLE_POOLS, declared, variables),
                name(Variable.TABLE_TARGETS, declared, variables),
                name(Variable.TABLE_TARGET_HEALTH, declared, variables),
                name(Variable.TABLE_SESSION_SLOTS, declared, variables),
                name(Variable.TABLE_CATALOG_HISTORY, declared, variables),
                name(Variable.TABLE_API_KEYS, declared, variables),
                name(Variable.TABLE_USAGE, declared, variables));
    }

    private static String name(Variable variable, Set<Variable> declared, Variables variables) {
        return declared.contains(variable) ? variables.text(variable) : UNUSED;
    }
}
