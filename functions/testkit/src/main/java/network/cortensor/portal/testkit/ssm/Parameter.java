package network.cortensor.portal.testkit.ssm;

import java.time.Instant;

/** @param version counts from 1 */
record Parameter(String name, String type, String value, long version, Instant modified) {
    static final String SECURE = "SecureString";
    static final String PLAIN = "String";

    /** What somebody sees who does not ask for decryption; the value cannot be read from it. */
    private static final String CIPHERTEXT = "AQICAHgEmulatedCiphertext+OfASecureString==";

    String shown(Decryption decryption) {
        return type.equals(SECURE) && decryption == Decryption.LEFT_OUT ? CIPHERTEXT : value;
    }

    /** Whether a reader asked for the plain value of a secure string. */
    enum Decryption {
        ASKED_FOR,
        LEFT_OUT
    }

    /** Values are secrets. */
    @Override
    public String toString() {
        return "Parameter[" + name + ", version " + version + "]";
    }
}
