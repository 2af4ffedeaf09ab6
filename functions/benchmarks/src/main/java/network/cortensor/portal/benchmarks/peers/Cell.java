package network.cortensor.portal.benchmarks.peers;

/** One gateway under one load, as far as it could be measured. */
sealed interface Cell {
    /** What the table says. */
    String words();

    record Measured(Row row) implements Cell {
        @Override
        public String words() {
            return row.cell();
        }
    }

    /** @param words why not */
    record Missing(String words) implements Cell {}
}
