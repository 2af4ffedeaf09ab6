package network.cortensor.portal.usage;

/** What came of asking to be let in. */
public sealed interface Admission {
    /** What the key may still use. */
    Allowance allowance();

    record Admitted(Reservation reservation) implements Admission {
        @Override
        public Allowance allowance() {
            return reservation.allowance();
        }
    }

    record Refused(OverLimit over, Allowance allowance) implements Admission {}
}
