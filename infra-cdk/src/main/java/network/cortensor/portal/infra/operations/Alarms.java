package network.cortensor.portal.infra.operations;

import java.util.List;
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
    private final List<IAlarmRef> againstRelease;
    private final List<Alarm> all;

    public Alarms(Construct scope, String id, Watched watched, AlarmTopic topic) {
        super(scope, id);
        this.environment = watched.environment().name();
        this.tell = new SnsAction(topic.topic());
        CustomerRules customers = new CustomerRules(watched);
        List<Alarm> first = Stream.of(customers.failedRequests(), customers.crashes())
                .map(this::alarm)
                .toList();
        Stream<AlarmRule> others = Stream.of(
                        customers.otherRules(), new FleetRules(watched).rules(), new CatalogRules(watched).rules())
                .flatMap(List::stream);
        this.againstRelease = List.copyOf(first);
        this.all = Stream.concat(first.stream(), others.map(this::alarm)).toList();
    }

    private Alarm alarm(AlarmRule rule) {
        Alarm alarm = rule.bound()
                .applyTo(Alarm.Builder.create(this, rule.id())
                        .metric(rule.metric())
                        .alarmDescription(rule.description(environment)))
                .build();
        alarm.addAlarmAction(tell);
        alarm.addOkAction(tell);
        return alarm;
    }

    /** Those that a bad version would set off. */
    public List<IAlarmRef> againstRelease() {
        return againstRelease;
    }

    List<Alarm> all() {
        return all;
    }
}
