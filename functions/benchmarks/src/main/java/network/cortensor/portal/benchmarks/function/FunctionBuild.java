package network.cortensor.portal.benchmarks.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which build of the function is measured.
 *
 * @param words for a table
 * @param main of {@link FunctionMain}'s kind
 */
public record FunctionBuild(String words, String main, String classPath) {
    /** The build that measures. */
    public static final FunctionBuild THIS =
            new FunctionBuild("this build", FunctionMain.class.getName(), System.getProperty("java.class.path", ""));

    /** As the wrapper has them; {@code -Dportal.function.options} adds others, such as a profiler's. */
    List<String> options(int mebibytes) {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx" + mebibytes * 3 / 4 + "m",
                "-Xms40m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:CompileThresholdScaling=0.1",
                "-XX:-UsePerfData"));
        Arrays.stream(System.getProperty("portal.function.options", "").split(" "))
                .filter(option -> !option.isEmpty())
                .forEach(options::add);
        return options;
    }
}
