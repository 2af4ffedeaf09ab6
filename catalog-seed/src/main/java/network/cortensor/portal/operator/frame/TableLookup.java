package network.cortensor.portal.operator.frame;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSettings;
import network.cortensor.portal.settings.BadSettings;
import network.cortensor.portal.settings.Variable;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/**
 * Finds out what an environment's tables and functions are called: by a prefix, if one is given; otherwise by the variables that functions have too,
 * if the shell has them for this environment; otherwise in the parameters in which the stack keeps its outputs.
 */
final class TableLookup {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> NAMES = new TypeReference<>() {};

    private final String environment;
    private final Optional<String> prefix;
    private final Workplace workplace;

    TableLookup(String environment, Optional<String> prefix, Workplace workplace) {
        this.environment = environment;
        this.prefix = prefix;
        this.workplace = workplace;
    }

    TableNames tables(Supplier<SsmClient> ssm) throws CommandStopped {
        try {
            if (prefix.isPresent()) {
                return TableNames.prefixed(prefix.get());
            }
            if (!workplace.variable(Variable.TABLE_MODELS.key()).isEmpty()) {
                return fromShell();
            }
            return TableSettings.names(remembered("tables", ssm));
        } catch (IllegalArgumentException | BadSettings e) {
            throw new CommandStopped(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    /** Variables of another environment must not be taken for this one's: a question about prod would be asked of dev. */
    private TableNames fromShell() throws CommandStopped {
        String named = workplace.variable(Variable.ENVIRONMENT.key());
        if (!named.isEmpty() && !named.equals(environment)) {
            throw new CommandStopped(
                    ExitCode.USAGE,
                    "PORTAL_TABLE_MODELS: set for the environment " + named + " (expected: unset, or --environment "
                            + named + ")");
        }
        return TableSettings.names(workplace.variables());
    }

    /** One of the stack's outputs. */
    String output(String name, Supplier<SsmClient> ssm) throws CommandStopped {
        String value = remembered("endpoints", ssm).get(name);
        if (value == null) {
            throw new CommandStopped(
                    ExitCode.USAGE, parameter("endpoints") + ": has no " + name + " (expected: the stack's outputs)");
        }
        return value;
    }

    private Map<String, String> remembered(String what, Supplier<SsmClient> ssm) throws CommandStopped {
        String parameter = parameter(what);
        try {
            return JSON.readValue(
                    ssm.get()
                            .getParameter(get -> get.name(parameter))
                            .parameter()
                            .value(),
                    NAMES);
        } catch (ParameterNotFoundException e) {
            throw new CommandStopped(
                    ExitCode.USAGE,
                    parameter + ": not found in the Parameter Store (expected: an environment that is deployed in this"
                            + " account and region, or the tables by --table-prefix or PORTAL_TABLE_*)");
        } catch (JsonProcessingException e) {
            throw new CommandStopped(ExitCode.USAGE, parameter + ": no JSON (expected: what the stack wrote)");
        }
    }

    private String parameter(String what) {
        return "/portal/" + environment + "/" + what;
    }
}
