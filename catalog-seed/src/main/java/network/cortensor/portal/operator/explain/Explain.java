package network.cortensor.portal.operator.explain;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import network.cortensor.portal.catalog.ServedModel;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import network.cortensor.portal.operator.status.FleetView;
import network.cortensor.portal.routing.Decision;
import network.cortensor.portal.routing.JustSeen;
import network.cortensor.portal.routing.Question;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portalctl explain}. */
@Command(
        name = "explain",
        description = {
            "Shows where a request for a model would go now, and why: the route, then each pool's targets in the",
            "order in which they are tried. Whether a slot is free is decided when one is taken; status shows it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  portalctl explain gpt-oss-20b -e prod --customer acme",
            "  portalctl explain gemma-4-26b -e prod --needs tools"
        })
public final class Explain implements Callable<Integer> {
    @Mixin
    private final CommonOptions common;

    @Parameters(paramLabel = "MODEL", description = "The model, by any name that customers may send.")
    private String model = "";

    @Option(
            names = "--customer",
            paramLabel = "NAME",
            description = "The customer who asks. The route depends on the customer.")
    private String customer = "";

    @Option(
            names = "--needs",
            paramLabel = "FEATURE",
            description = "What a target must serve: ${COMPLETION-CANDIDATES}.")
    private List<Feature> needs = List.of();

    public Explain(Workplace workplace) {
        this.common = new CommonOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        try (Access access = common.open()) {
            FleetView fleet = FleetView.read(access, common.workplace().clock());
            ModelAlias alias = fleet.model(model);
            Question question = new Question(customer, this::of, Set.of(), JustSeen.NOTHING, fleet.now());
            Decision decision = Decision.of(fleet.view(alias), question);
            common.console().report(new ExplainReport(model, alias, customer, decision));
        }
        return ExitCode.DONE.number();
    }

    private Optional<Set<Feature>> of(ServedModel model) {
        return Optional.of(needs.stream()
                .flatMap(need -> need.in(model.terms().promptFormat()).stream())
                .collect(Collectors.toSet()));
    }
}
