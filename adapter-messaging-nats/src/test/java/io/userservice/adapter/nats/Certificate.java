package io.userservice.adapter.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate of a server, signed by itself, and its key: made anew by the JDK's keytool. */
record Certificate(KeyStore store) {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String ALIAS = "nats";

  /**
   * @param names as in a subject alternative name, e.g. {@code dns:localhost}
   */
  static Certificate naming(String names, Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    var file = folder.resolve("nats.p12");
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=nats",
                "-ext",
                "san=" + names,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return new Certificate(store);
  }

  /** What the server needs. */
  Map<String, String> files() throws GeneralSecurityException {
    return Map.of(
        "cert.pem",
        pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()),
        "key.pem",
        pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD).getEncoded()));
  }

  private static String pem(String kind, byte[] content) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, lines, kind);
  }

  /** TLS of a JVM that trusts this certificate and no other. */
  SSLContext trusting() throws GeneralSecurityException, IOException {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
