package network.cortensor.portal.infra.operations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import network.cortensor.portal.infra.functions.InferenceApi;
import network.cortensor.portal.infra.functions.ManagedInference;
import network.cortensor.portal.infra.functions.Served;
import software.amazon.awscdk.interfaces.cloudwatch.IAlarmRef;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.constructs.Construct;

/** All alarms. Each tells the topic when it goes off and when it is over, and names its chapter of the runbook. */
public final class Alarms extends Construct {
    private final String environment;
    private final IAlarmAction tell;
    private final Signals signals;
    private final Map<Served, List<Alarm>> againstRelease = new LinkedHashMap<>();
    private final List<Alarm> all;

    public Alarms(Construct scope, String id, Watched watched, AlarmTopic topic) {
        super(scope, id);
        this.environment = watched.environment().name();
        this.tell = new SnsAction(topic.topic());
        this.signals = watched.signals();
        InferenceApi inference = watched.inference();
        addReleaseAlarms(inference.onDemand(), "");
        inference.managed().map(ManagedInference::served).ifPresent(served -> addReleaseAlarms(served, "Managed"));
        Stream<Alarm> others = Stream.of(
                        new CustomerRules(watched).rules(),
                        new FleetRules(watched).rules(),
                        new MachineRules(watched).rules(),
                        new CatalogRules(watched).rules())
                .flatMap(List::stream)
                .map(rule -> make(rule, UnaryOperator.identity()));
        this.all = Stream.concat(againstRelease.values().stream().flatMap(List::stream), others)
                .toList();
    }

    private void addReleaseAlarms(Served served, String kind) {
        againstRelease.put(
                served,
                new ReleaseRules(signals, served, kind)
                        .rules().stream()
                                .map(rule -> make(rule, builder -> builder.alarmName(name(rule, served))))
                                .toList());
    }

    /**
     * An alarm keeps its state when it is changed, so that one that a bad version had set off would stop the version that mends it. With the
     * version in its name CloudFormation makes a new alarm for each release, whose state nothing has set yet.
     */
    private String name(AlarmRule rule, Served served) {
        return "portal-" + environment + "-" + rule.id() + "-" + served.newest().getVersion();
    }

    private Alarm make(AlarmRule rule, UnaryOperator<Alarm.Builder> named) {
        Alarm alarm = named.apply(rule.bound()
                        .applyTo(Alarm.Builder.create(this, rule.id())
                                .metric(rule.metric())
                                .alarmDescription(rule.description(environment))))
                .build();
        alarm.addAlarmAction(tell);
        alarm.addOkAction(tell);
        return alarm;
    }

    /** Those that a bad version of the function sets off, and nothing else does. */
    public List<IAlarmRef> againstRelease(Served served) {
        return List.copyOf(Objects.requireNonNull(againstRelease.get(served)));
    }

    List<Alarm> all() {
        return all;
    }
}
