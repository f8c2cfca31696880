package io.userservice.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The secret of the development run: made once, kept with its data, the same for nobody else. */
final class DevSecret {
  private DevSecret() {}

  /** Sets {@code JWT_SECRET} where the environment names no source of keys. */
  static void provide(Map<String, String> environment, Path file) throws IOException {
    var sources = List.of("JWT_SECRET", "JWT_JWKS_URL", "JWT_PUBLIC_KEY_FILE");
    if (sources.stream().allMatch(name -> environment.getOrDefault(name, "").isBlank())) {
      environment.put("JWT_SECRET", kept(file));
    }
  }

  private static String kept(Path file) throws IOException {
    if (!Files.exists(file)) {
      var bytes = new byte[32];
      new SecureRandom().nextBytes(bytes);
      Files.createDirectories(file.getParent());
      Files.writeString(file, HexFormat.of().formatHex(bytes));
    }
    return Files.readString(file);
  }
}
