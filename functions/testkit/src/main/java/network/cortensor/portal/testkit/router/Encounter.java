package network.cortensor.portal.testkit.router;

/**
 * What a request meets when it reaches a session.
 *
 * @param turn how often this session's faults were met, this time included
 * @param settings of the session at that moment
 */
record Encounter(Fault fault, long turn, SessionSettings settings) {}
