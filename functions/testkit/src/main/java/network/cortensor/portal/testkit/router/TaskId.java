package network.cortensor.portal.testkit.router;

/** A session's task; numbers count from 0 within the session. */
record TaskId(String session, long number) {}
