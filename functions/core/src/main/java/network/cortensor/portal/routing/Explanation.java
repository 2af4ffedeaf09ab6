package network.cortensor.portal.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.routing.PoolChoice.Judged;

/** A decision in words, for an operator who asks why: the routes, then each pool's groups in the order in which they are tried. */
public final class Explanation {
    private final Decision decision;
    private final List<String> lines = new ArrayList<>();
    private final List<List<Judged>> tiers;

    private Explanation(Decision decision) {
        this.decision = decision;
        this.tiers = decision.tiers(AttemptTurn.FIRST)
                .filter(tier -> !tier.isEmpty())
                .toList();
    }

    public static List<String> of(Decision decision) {
        Explanation explanation = new Explanation(decision);
        decision.routes().forEach(explanation::route);
        decision.pools().forEach(explanation::pool);
        return List.copyOf(explanation.lines);
    }

    private void route(RouteScore score) {
        Route route = score.route();
        lines.add(String.format(
                Locale.ROOT,
                "route %s: weight %d, score %.1f, %s",
                route.pool(),
                route.weight(),
                score.score(),
                fate(score)));
    }

    private String fate(RouteScore score) {
        if (decision.route().filter(score.route()::equals).isPresent()) {
            return "chosen";
        }
        return switch (score.openness()) {
            case OPEN -> "open";
            case WEIGHT -> "closed: its weight is 0";
            case NO_POOL -> "closed: there is no such pool";
            case NO_OPEN_TARGET -> "closed: no open target serves the request";
        };
    }

    private void pool(PoolChoice choice) {
        String health =
                choice.failsOpen() ? ", every open target is ejected: they are tried when nothing better is left" : "";
        lines.add("pool " + choice.pool().pool().name() + ": " + choice.state().word()
                + choice.pool()
                        .pool()
                        .servesModel()
                        .map(model -> ", serves " + model)
                        .orElse("") + health);
        for (Trust trust : Trust.values()) {
            choice.groups(trust).stream().filter(group -> !group.isEmpty()).forEach(this::group);
        }
        choice.candidates().stream()
                .filter(judged -> judged.verdict() != TargetVerdict.ELIGIBLE)
                .forEach(judged -> lines.add("  not " + name(judged.view()) + ": " + why(judged)));
    }

    private void group(List<Judged> judged) {
        Judged any = judged.getFirst();
        long total = judged.stream().mapToLong(Explanation::weight).sum();
        lines.add("  " + (tiers.indexOf(judged) + 1) + ". " + any.state().word() + ", "
                + any.view().standing().word() + ": "
                + judged.stream()
                        .map(one -> name(one.view()) + " " + Math.round(100.0 * weight(one) / total) + " %")
                        .collect(Collectors.joining(", ")));
    }

    private static String why(Judged judged) {
        return switch (judged.verdict()) {
            case ELIGIBLE -> "eligible";
            case STATE -> "its effective state is " + judged.state().word();
            case WEIGHT -> "its weight is 0";
            case SESSION_ENDS -> "its session ends before an attempt could";
            case MODEL -> "the request is more than its model can take";
            case FEATURE -> "its protocol does not serve what the request needs";
            case EJECTED -> "health has it out of rotation";
            case LIMITED -> "its server wants no new requests for a while";
            case TRIED -> "this request was sent to it before";
        };
    }

    private static String name(TargetView view) {
        return view.target().id().name();
    }

    private static long weight(Judged judged) {
        return judged.view().target().weight();
    }
}
