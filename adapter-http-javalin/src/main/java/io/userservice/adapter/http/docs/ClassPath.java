package io.userservice.adapter.http.docs;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The files that lie beside our classes, and those of the one library whose files we serve. */
final class ClassPath {
  private static final String SWAGGER_UI = "org.webjars/swagger-ui";

  private ClassPath() {}

  /** A file of ours. */
  static byte[] ours(String name) {
    return read(name);
  }

  /** A file of Swagger UI, from its webjar, whatever its version. */
  static byte[] swaggerUi(String name) {
    return read("/META-INF/resources/webjars/swagger-ui/" + Version.OF_SWAGGER_UI + "/" + name);
  }

  /** Holds what isn't asked for before somebody asks for the page. */
  private static final class Version {
    static final String OF_SWAGGER_UI = read();

    private static String read() {
      var properties = new Properties();
      try {
        properties.load(
            new StringReader(
                new String(
                    ClassPath.read("/META-INF/maven/" + SWAGGER_UI + "/pom.properties"),
                    StandardCharsets.UTF_8)));
      } catch (IOException e) {
        throw new UncheckedIOException(e); // memory doesn't fail
      }
      return properties.getProperty("version");
    }
  }

  private static byte[] read(String name) {
    try (var in = ClassPath.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
