package network.cortensor.portal.usage;

/** What came of a conditional write of counters. */
public sealed interface CountersWrite {
    /** They stand so now. */
    record Done(Counters after) implements CountersWrite {}

    /** Nothing was written; they stand so instead. */
    record Refused(Counters now) implements CountersWrite {}
}
