package network.cortensor.portal.usage;

/** The rules that a world's workers play by: the protocol's, unless a test breaks one of them to see the simulation notice. */
interface UsageRules {
    /** The protocol as it is. */
    UsageRules OURS = new UsageRules() {};

    default Ledger.Terms terms() {
        return Ledger.Terms.PRODUCTION;
    }

    /** The table, before the network to it. */
    default UsageTable far(UsageTable shared) {
        return shared;
    }

    /** The table, behind the network to it. */
    default UsageTable near(UsageTable table) {
        return table;
    }
}
