package network.cortensor.portal.testkit.ssm;

import java.time.InstantSource;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The parameters, by name. Safe for use by many threads. */
final class ParameterStore {
    private final NavigableMap<String, Parameter> parameters = new TreeMap<>();
    private final InstantSource clock;

    ParameterStore(InstantSource clock) {
        this.clock = clock;
    }

    /** What happens to a parameter that is there already. */
    enum Existing {
        KEPT,
        OVERWRITTEN
    }

    synchronized Optional<Parameter> find(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    synchronized Parameter put(String name, String type, String value, Existing existing) throws SsmError {
        Optional<Parameter> before = find(name);
        if (before.isPresent() && existing == Existing.KEPT) {
            throw SsmError.client("ParameterAlreadyExists", "The parameter already exists.");
        }
        long version = before.map(Parameter::version).orElse(0L) + 1;
        Parameter parameter = new Parameter(name, type, value, version, clock.instant());
        parameters.put(name, parameter);
        return parameter;
    }

    synchronized void delete(String name) throws SsmError {
        if (parameters.remove(name) == null) {
            throw SsmError.client("ParameterNotFound", "Parameter " + name + " not found.");
        }
    }

    /**
     * Those under a path, by name.
     *
     * @param path ends with a slash
     * @param depth whether only direct children count
     */
    synchronized List<Parameter> under(String path, Depth depth) {
        return parameters.tailMap(path, false).values().stream()
                .takeWhile(parameter -> parameter.name().startsWith(path))
                .filter(parameter -> depth == Depth.ALL || parameter.name().indexOf('/', path.length()) < 0)
                .toList();
    }

    /** How far below a path is looked. */
    enum Depth {
        CHILDREN,
        ALL
    }
}
