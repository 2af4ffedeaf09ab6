package network.cortensor.portal.inference;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.keys.IssuedKey;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.memory.KeySource;
import network.cortensor.portal.memory.Unreadable;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.SlotTable;
import network.cortensor.portal.slots.SlotsUnavailable;
import network.cortensor.portal.usage.Counters;
import network.cortensor.portal.usage.CountersWrite;
import network.cortensor.portal.usage.Entry;
import network.cortensor.portal.usage.OpenRequest;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.UsageEvent;
import network.cortensor.portal.usage.UsageTable;
import network.cortensor.portal.usage.UsageUnavailable;

/** The rules that the workers of an {@link OrderWorld} play by: the product's, or one of them broken to see the simulation notice. */
enum OrderRules {
    OURS,

    SEND_AFTER_THE_SLOTS_PUT_IS_CONFIRMED {
        @Override
        SlotTable near(SlotTable table, OrderWorld.Worker worker) {
            return new PassedOnSlots(table) {
                @Override
                public Optional<Lease> put(Lease lease, Instant expiredBefore) {
                    worker.later(() -> super.put(lease, expiredBefore));
                    return Optional.empty();
                }
            };
        }
    },

    SEND_AFTER_THE_RECORD_IS_CONFIRMED {
        @Override
        UsageTable near(UsageTable table, OrderWorld.Worker worker) {
            return new PassedOnUsage(table) {
                @Override
                public void open(UsageEvent event) {
                    worker.later(() -> {
                        super.open(event);
                        return event;
                    });
                }
            };
        }
    },

    ENTER_ONCE_HOWEVER_OFTEN_IT_IS_TRIED {
        @Override
        UsageTable far(UsageTable table) {
            return new PassedOnUsage(table) {
                private int tries;

                @Override
                public CountersWrite enter(Counters seen, Entry entry) throws UsageUnavailable {
                    RequestId again = new RequestId(
                            entry.request().id().text().substring(0, 20) + String.format("%012x", tries++));
                    OpenRequest renamed = new OpenRequest(again, entry.request().reserved());
                    return super.enter(seen, new Entry(entry.keyId(), renamed, entry.key(), entry.customer()));
                }
            };
        }
    },

    GIVE_THE_SLOT_BACK_WHERE_NOTHING_WAS_SENT {
        @Override
        SlotTable near(SlotTable table, OrderWorld.Worker worker) {
            return new PassedOnSlots(table) {
                @Override
                public void delete(Lease lease) throws SlotsUnavailable {
                    if (worker.hasSent()) {
                        super.delete(lease);
                    }
                }
            };
        }
    },

    USE_NO_KEY_FOR_LONGER_THAN_FIVE_SECONDS {
        @Override
        KeySource near(KeySource source, OrderWorld.Worker worker) {
            return new KeySource() {
                private final Map<KeyHash, Row<IssuedKey>> last = new HashMap<>();

                @Override
                public Row<IssuedKey> key(KeyHash hash) throws Unreadable {
                    Row<IssuedKey> known = last.get(hash);
                    if (known != null && worker.drawsLots()) {
                        return known;
                    }
                    Row<IssuedKey> read = source.key(hash);
                    last.put(hash, read);
                    return read;
                }

                @Override
                public Row<Plan> plan(String name) throws Unreadable {
                    return source.plan(name);
                }
            };
        }
    },

    SETTLE_BEFORE_THE_REQUEST_LEAVES {
        @Override
        UsageTable near(UsageTable table, OrderWorld.Worker worker) {
            return new PassedOnUsage(table) {
                @Override
                public UsageEvent settle(UsageEvent event) {
                    return event;
                }
            };
        }
    };

    /** How long a write is under way that nobody waits for. */
    static final Duration UNDER_WAY = Duration.ofSeconds(2);

    SlotTable near(SlotTable table, OrderWorld.Worker worker) {
        return table;
    }

    UsageTable near(UsageTable table, OrderWorld.Worker worker) {
        return table;
    }

    KeySource near(KeySource source, OrderWorld.Worker worker) {
        return source;
    }

    /** The table itself, before the network to it. */
    UsageTable far(UsageTable table) {
        return table;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
