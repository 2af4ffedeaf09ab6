package network.cortensor.portal.slots;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import network.cortensor.portal.model.Session;

/** The protocol with one rule broken each: what the simulation must notice. */
enum BrokenRules implements Rules {
    RELEASE_ONLY_WHAT_HAS_ENDED {
        @Override
        public boolean mayRelease(RouterTask.Fate fate) {
            return true;
        }
    },

    OUTLIVE_THE_ATTEMPT {
        @Override
        public Slots.Terms terms() {
            return new Slots.Terms(Slots.CLOCK_SKEW, Duration.ZERO, Slots.SEND_WITHIN);
        }
    },

    /** Only where the table does not delete: where it does, the margin is all there is. */
    WAIT_FOR_SLOW_CLOCKS {
        @Override
        Conditions conditions() {
            return new Conditions(Duration.ofSeconds(53), Conditions.Ttl.KEEPS);
        }

        @Override
        public Slots.Terms terms() {
            return new Slots.Terms(Duration.ZERO, Slots.MARGIN, Slots.SEND_WITHIN);
        }
    },

    SEND_SOON_OR_NOT_AT_ALL {
        @Override
        public boolean maySend(Instant now, Instant sendBefore) {
            return true;
        }

        @Override
        public Slots.Terms terms() {
            return new Slots.Terms(Slots.CLOCK_SKEW, Slots.MARGIN, Duration.ofDays(1));
        }
    },

    /** A short lease that is prolonged while the worker lives, as locks usually have it. */
    NEVER_MOVE_AN_EXPIRY {
        @Override
        public SlotTable far(SlotTable shared, WorkerView world) {
            return new Wrapped(shared) {
                @Override
                public Optional<Lease> put(Lease lease, Instant expiredBefore) throws SlotsUnavailable {
                    return super.put(expiring(lease, lease.takenAt().plusSeconds(30)), expiredBefore);
                }
            };
        }

        @Override
        public Optional<Upkeep> upkeep() {
            return Optional.of((table, lease, now) -> table.put(expiring(lease, now.plusSeconds(30)), Instant.MAX));
        }
    },

    WRITE_ON_CONDITION {
        @Override
        public SlotTable far(SlotTable shared, WorkerView world) {
            return new Wrapped(shared) {
                @Override
                public Optional<Lease> put(Lease lease, Instant expiredBefore) throws SlotsUnavailable {
                    return super.put(lease, Instant.MAX);
                }
            };
        }
    },

    DELETE_ONLY_OWN_ROWS {
        @Override
        public SlotTable far(SlotTable shared, WorkerView world) {
            return new Wrapped(shared) {
                @Override
                public void delete(Lease lease) throws SlotsUnavailable {
                    for (Lease row : rows(lease.session().router())) {
                        if (row.session().equals(lease.session()) && row.number() == lease.number()) {
                            super.delete(row);
                        }
                    }
                }
            };
        }
    },

    TREAT_DOUBT_AS_NOT_TAKEN {
        @Override
        public SlotTable near(SlotTable table) {
            return new Wrapped(table) {
                @Override
                public Optional<Lease> put(Lease lease, Instant expiredBefore) {
                    try {
                        return super.put(lease, expiredBefore);
                    } catch (SlotsUnavailable e) {
                        return Optional.empty();
                    }
                }
            };
        }
    },

    FAIL_CLOSED_WHEN_ROWS_CANNOT_BE_READ {
        @Override
        public SlotTable near(SlotTable table) {
            return new Wrapped(table) {
                @Override
                public List<Lease> rows(String router) {
                    try {
                        return super.rows(router);
                    } catch (SlotsUnavailable e) {
                        return List.of();
                    }
                }
            };
        }
    },

    READ_CONSISTENTLY {
        @Override
        public SlotTable far(SlotTable shared, WorkerView world) {
            return new Wrapped(shared) {
                @Override
                public List<Lease> rows(String router) throws SlotsUnavailable {
                    Instant replica = world.instant().minusSeconds(2);
                    return super.rows(router).stream()
                            .filter(row -> !world.writtenAt(row.owner()).isAfter(replica))
                            .toList();
                }
            };
        }
    },

    COUNT_ROWS_WHATEVER_THEIR_NUMBER {
        @Override
        public SlotTable far(SlotTable shared, WorkerView world) {
            return new Wrapped(shared) {
                @Override
                public List<Lease> rows(String router) throws SlotsUnavailable {
                    return super.rows(router).stream()
                            .filter(row -> row.number() < world.capacity(row.session()))
                            .toList();
                }
            };
        }
    },

    /** Rows above the capacity are counted, but any number below it may be picked. */
    MEET_ON_THE_SAME_NUMBERS {
        @Override
        public SlotTable far(SlotTable shared, WorkerView world) {
            return new Wrapped(shared) {
                @Override
                public List<Lease> rows(String router) throws SlotsUnavailable {
                    return super.rows(router).stream()
                            .map(row -> row.number() < world.capacity(row.session()) ? row : nowhere(row))
                            .toList();
                }
            };
        }
    },

    KEY_BY_SESSION {
        @Override
        public Session slotsOf(TargetPlace place) {
            return new Session(place.session().router(), place.target());
        }
    };

    /** The conditions under which it shows. */
    Conditions conditions() {
        return Conditions.REQUIRED;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Lease expiring(Lease lease, Instant expiresAt) {
        return new Lease(lease.session(), lease.number(), lease.owner(), lease.takenAt(), expiresAt);
    }

    private static Lease nowhere(Lease lease) {
        return new Lease(lease.session(), -1, lease.owner(), lease.takenAt(), lease.expiresAt());
    }

    /** Passes every call on. */
    private static class Wrapped implements SlotTable {
        private final SlotTable table;

        Wrapped(SlotTable table) {
            this.table = table;
        }

        @Override
        public List<Lease> rows(String router) throws SlotsUnavailable {
            return table.rows(router);
        }

        @Override
        public Optional<Lease> put(Lease lease, Instant expiredBefore) throws SlotsUnavailable {
            return table.put(lease, expiredBefore);
        }

        @Override
        public void delete(Lease lease) throws SlotsUnavailable {
            table.delete(lease);
        }
    }
}
