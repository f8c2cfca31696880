package io.userservice.adapter.nats;

import io.nats.client.NKey;
import io.nats.client.support.JsonSerializable;
import io.nats.client.support.JwtUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/**
 * An operator with an account, as {@code nsc} would make them: a server that believes in signed
 * JWTs and nothing else.
 */
final class OperatorMode {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String UNLIMITED =
      """
      {"type":"account","version":2,"limits":{"subs":-1,"data":-1,"payload":-1,"imports":-1,
       "exports":-1,"wildcards":true,"conn":-1,"leaf":-1,"mem_storage":-1,"disk_storage":-1,
       "streams":-1,"consumer":-1}}
      """;

  /** The account of the servers themselves, which must not have JetStream. */
  private static final String SYSTEM =
      """
      {"type":"account","version":2,"limits":{"subs":-1,"data":-1,"payload":-1,"imports":-1,
       "exports":-1,"wildcards":true,"conn":-1,"leaf":-1}}
      """;

  private final NKey operator = NKey.createOperator(RANDOM);
  private final NKey account = NKey.createAccount(RANDOM);
  private final NKey system = NKey.createAccount(RANDOM);

  OperatorMode() throws IOException, GeneralSecurityException {
    // keys come from java.security
  }

  /** The server's settings. */
  String[] settings() throws IOException, GeneralSecurityException {
    return new String[] {
      "operator: " + signed(operator, "{\"type\":\"operator\",\"version\":2}"),
      "system_account: " + name(system),
      "resolver: MEMORY",
      "resolver_preload {",
      name(account) + ": " + signed(account, UNLIMITED),
      name(system) + ": " + signed(system, SYSTEM),
      "}"
    };
  }

  private String signed(NKey subject, String claims) throws IOException, GeneralSecurityException {
    JsonSerializable nats = () -> claims;
    var now = JwtUtils.currentTimeSeconds();
    return JwtUtils.issueJWT(operator, name(subject), "test", null, now, name(operator), nats);
  }

  /** Writes the credentials of a new user of the account. */
  void writeCredentials(Path file) throws IOException, GeneralSecurityException {
    var user = NKey.createUser(RANDOM);
    var jwt = JwtUtils.issueUserJWT(account, name(account), name(user), "user-service");
    Files.writeString(
        file, JwtUtils.NATS_USER_JWT_FORMAT.formatted(jwt, new String(user.getSeed())));
  }

  private static String name(NKey key) throws IOException, GeneralSecurityException {
    return new String(key.getPublicKey());
  }
}
