package network.cortensor.portal.operator.file;

import java.util.List;
import java.util.concurrent.Callable;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.JsonObject;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.OutputOptions;
import network.cortensor.portal.operator.frame.ProblemJson;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code portalctl validate}. */
@Command(
        name = "validate",
        description = "Checks a catalog file, and says what is wrong in it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  portalctl validate catalog-seed/catalogs/prod.yaml",
            "  portalctl validate catalog-seed/catalogs/local.yaml --set router-a=http://localhost:5010 --json"
        })
public final class Validate implements Callable<Integer> {
    @Mixin
    private final OutputOptions output;

    @Mixin
    private final FileArgument file = new FileArgument();

    public Validate(Workplace workplace) {
        this.output = new OutputOptions(workplace);
    }

    @Override
    public Integer call() throws BadCatalogFile {
        Console console = output.console();
        try {
            console.report(new Good(file.path().toString(), file.read().catalog()));
            return ExitCode.DONE.number();
        } catch (BadCatalogFile bad) {
            if (console.form() == Console.Form.TEXT || bad instanceof BadCatalogFile.Unreadable) {
                throw bad;
            }
            console.report(new Bad(file.path().toString(), bad));
            return ExitCode.FOUND.number();
        }
    }

    private record Bad(String file, BadCatalogFile bad) implements Report {
        @Override
        public void print(Console console) {
            bad.lines().forEach(console::line);
        }

        @Override
        public Object json() {
            return JsonObject.of("file", file).and("errors", bad.lines()).and("advice", List.of());
        }
    }

    private record Good(String file, WholeCatalog catalog) implements Report {
        @Override
        public void print(Console console) {
            catalog.problems()
                    .forEach(
                            advice -> console.line(new Span("advice: ", Style.WARNING), Span.plain(advice.toString())));
            console.line(String.format(
                    "%s: %d models, %d pools, %d targets, no errors",
                    file,
                    catalog.aliases().size(),
                    catalog.pools().size(),
                    catalog.targets().size()));
        }

        @Override
        public Object json() {
            return JsonObject.of("file", file)
                    .and("errors", List.of())
                    .and(
                            "advice",
                            catalog.problems().stream().map(ProblemJson::of).toList())
                    .and("models", catalog.aliases().size())
                    .and("pools", catalog.pools().size())
                    .and("targets", catalog.targets().size());
        }
    }
}
