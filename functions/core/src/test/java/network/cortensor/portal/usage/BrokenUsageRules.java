package network.cortensor.portal.usage;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The protocol with one rule broken each: what the simulation must notice. */
enum BrokenUsageRules implements UsageRules {
    CHECK_BOUNDS_IN_THE_WRITE {
        @Override
        public UsageTable far(UsageTable shared) {
            return new Wrapped(shared) {
                @Override
                public CountersWrite enter(Counters seen, Entry entry) throws UsageUnavailable {
                    return super.enter(seen, new Entry(entry.keyId(), entry.request(), UNBOUNDED, UNBOUNDED));
                }
            };
        }
    },

    ENTER_ONLY_WHILE_THE_PAST_IS_AS_SEEN {
        @Override
        public UsageTable far(UsageTable shared) {
            return new Wrapped(shared) {
                @Override
                public CountersWrite enter(Counters seen, Entry entry) throws UsageUnavailable {
                    Counters now = shared.counters(seen.customer());
                    return super.enter(
                            new Counters(
                                    now.customer(),
                                    now.changes(),
                                    now.rolls(),
                                    seen.moment(),
                                    seen.keys(),
                                    seen.gone()),
                            entry);
                }
            };
        }
    },

    ROLL_ONLY_WHAT_WAS_SEEN {
        @Override
        public UsageTable far(UsageTable shared) {
            return new Wrapped(shared) {
                @Override
                public CountersWrite roll(Counters seen, Counters next) throws UsageUnavailable {
                    Counters now = shared.counters(seen.customer());
                    return super.roll(
                            now,
                            new Counters(
                                    next.customer(),
                                    now.changes(),
                                    now.rolls(),
                                    next.moment(),
                                    next.keys(),
                                    next.gone()));
                }
            };
        }
    },

    OPEN_BEFORE_SENDING {
        @Override
        public UsageTable near(UsageTable table) {
            return new Wrapped(table) {
                @Override
                public void open(UsageEvent event) {}
            };
        }
    },

    SETTLE_THE_EVENT_BEFORE_THE_COUNTERS {
        @Override
        public UsageTable near(UsageTable table) {
            return new Wrapped(table) {
                private Optional<UsageEvent> due = Optional.empty();

                @Override
                public UsageEvent settle(UsageEvent event) {
                    due = Optional.of(event);
                    return event;
                }

                @Override
                public CountersWrite leave(Counters seen, Exit exit) throws UsageUnavailable {
                    CountersWrite written = super.leave(seen, exit);
                    if (due.isPresent()) {
                        super.settle(due.get());
                    }
                    return written;
                }
            };
        }
    },

    CLOSE_ONLY_WHAT_IS_SURELY_OVER {
        @Override
        public Ledger.Terms terms() {
            return new Ledger.Terms(Duration.ofSeconds(20), Duration.ofSeconds(1));
        }
    },

    RECORD_A_DAY_BEFORE_ROLLING_ON {
        @Override
        public UsageTable near(UsageTable table) {
            return new Wrapped(table) {
                @Override
                public void record(Period.Sum sum) {}
            };
        }
    };

    private static final Bounds UNBOUNDED =
            new Bounds(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Passes every call on. */
    static class Wrapped implements UsageTable {
        private final UsageTable table;

        Wrapped(UsageTable table) {
            this.table = table;
        }

        @Override
        public Counters counters(String customer) throws UsageUnavailable {
            return table.counters(customer);
        }

        @Override
        public CountersWrite enter(Counters seen, Entry entry) throws UsageUnavailable {
            return table.enter(seen, entry);
        }

        @Override
        public CountersWrite leave(Counters seen, Exit exit) throws UsageUnavailable {
            return table.leave(seen, exit);
        }

        @Override
        public CountersWrite countRefused(Counters seen, String keyId) throws UsageUnavailable {
            return table.countRefused(seen, keyId);
        }

        @Override
        public CountersWrite roll(Counters seen, Counters next) throws UsageUnavailable {
            return table.roll(seen, next);
        }

        @Override
        public void record(Period.Sum sum) throws UsageUnavailable {
            table.record(sum);
        }

        @Override
        public void open(UsageEvent event) throws UsageUnavailable {
            table.open(event);
        }

        @Override
        public UsageEvent settle(UsageEvent event) throws UsageUnavailable {
            return table.settle(event);
        }

        @Override
        public Optional<UsageEvent> close(String keyId, RequestId request) throws UsageUnavailable {
            return table.close(keyId, request);
        }
    }
}
