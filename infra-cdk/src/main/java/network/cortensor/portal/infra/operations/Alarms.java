package network.cortensor.portal.infra.operations;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awscdk.interfaces.cloudwatch.IAlarmRef;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.constructs.Construct;

/** All alarms. Each tells the topic when it goes off and when it is over, and names its chapter of the runbook. */
public final class Alarms extends Construct {
    private final String environment;
    private final IAlarmAction tell;
    private final List<Alarm> againstRelease;
    private final List<Alarm> all;

    public Alarms(Construct scope, String id, Watched watched, AlarmTopic topic) {
        super(scope, id);
        this.environment = watched.environment().name();
        this.tell = new SnsAction(topic.topic());
        this.againstRelease = new ReleaseRules(watched)
                .rules().stream()
                        .map(rule -> make(rule, builder -> builder.alarmName(name(rule, watched))))
                        .toList();
        Stream<Alarm> others = Stream.of(
                        new CustomerRules(watched).rules(),
                        new FleetRules(watched).rules(),
                        new CatalogRules(watched).rules())
                .flatMap(List::stream)
                .map(rule -> make(rule, UnaryOperator.identity()));
        this.all = Stream.concat(againstRelease.stream(), others).toList();
    }

    /**
     * An alarm keeps its state when it is changed, so that one that a bad version had set off would stop the version that mends it. With the
     * version in its name CloudFormation makes a new alarm for each release, whose state nothing has set yet.
     */
    private String name(AlarmRule rule, Watched watched) {
        return "portal-" + environment + "-" + rule.id() + "-"
                + watched.inference().newest().getVersion();
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

    /** Those that a bad version sets off, and nothing else does. */
    public List<IAlarmRef> againstRelease() {
        return List.copyOf(againstRelease);
    }

    List<Alarm> all() {
        return all;
    }
}
