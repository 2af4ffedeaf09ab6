package network.cortensor.portal.emulated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/**
 * A certificate of localhost for one run, in the forms that a server and its callers want. CDK's bucket takes requests by TLS alone, and an
 * emulator that enforces policies refuses all others.
 */
record Certificate(Path certificate, Path key, Path trusted) {
    static final String PASSWORD = "changeit";

    static Certificate make(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("server.p12");
        Said made = Said.by(
                Duration.ofMinutes(1),
                Map.of(),
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-ext",
                "bc:critical=ca:true",
                "-validity",
                "2",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-storetype",
                "PKCS12");
        if (made.exit() != 0) {
            throw new IOException("keytool: " + made.lastLine());
        }
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Certificate certificate = new Certificate(
                folder.resolve("certificate.pem"), folder.resolve("key.pem"), folder.resolve("trusted.p12"));
        pem(
                certificate.certificate(),
                "CERTIFICATE",
                keys.getCertificate("server").getEncoded());
        pem(
                certificate.key(),
                "PRIVATE KEY",
                keys.getKey("server", PASSWORD.toCharArray()).getEncoded());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        try (var out = Files.newOutputStream(certificate.trusted())) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return certificate;
    }

    private static void pem(Path file, String what, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    /** By which a Java program trusts it. */
    String javaOptions() {
        return "-Djavax.net.ssl.trustStore=" + trusted + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
    }
}
