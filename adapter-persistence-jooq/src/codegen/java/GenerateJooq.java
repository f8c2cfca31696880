import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.GeneratedSerialVersionUID;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/**
 * Writes jOOQ's classes from a real PostgreSQL on which our own migrations were run. The build
 * starts it with the JDK's source launcher; it does nothing when neither the migrations nor this
 * file nor jOOQ's version have changed since the last time.
 */
final class GenerateJooq {

  private static final String PACKAGE = "io.userservice.adapter.persistence.generated";
  private static final Duration STARTUP = Duration.ofSeconds(60);

  /** Held, because a logger that nobody holds forgets its level. */
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  private GenerateJooq() {}

  /** Arguments: this file, the folder of the migrations, the folder to write to, jOOQ's version. */
  public static void main(String[] args) throws Exception {
    Path self = Path.of(args[0]);
    Path migrations = Path.of(args[1]);
    Path output = Path.of(args[2]);
    Path marker = output.resolveSibling("jooq.inputs");

    String inputs = fingerprint(self, migrations, args[3]);
    if (Files.exists(marker)
        && Files.isDirectory(output)
        && Files.readString(marker).equals(inputs)) {
      return;
    }
    FLYWAY.setLevel(Level.WARNING);
    Files.deleteIfExists(marker);
    deleteTree(output);
    generate(migrations, output);
    Files.writeString(marker, inputs);
  }

  private static void generate(Path migrations, Path output) throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setPGStartupWait(STARTUP).start()) {
      Flyway.configure()
          .dataSource(postgres.getPostgresDatabase())
          .locations("filesystem:" + migrations.toAbsolutePath())
          .load()
          .migrate();
      GenerationTool.generate(
          configuration(postgres.getJdbcUrl("postgres", "postgres"), output.toAbsolutePath()));
    }
  }

  private static Configuration configuration(String url, Path output) {
    Database database =
        new Database()
            .withName("org.jooq.meta.postgres.PostgresDatabase")
            .withInputSchema("public")
            .withOutputSchemaToDefault(true)
            .withExcludes("flyway_schema_history");
    Generate generate =
        new Generate()
            .withRecords(true)
            .withPojos(false)
            .withDaos(false)
            .withJavaTimeTypes(true)
            .withGlobalCatalogReferences(false)
            .withComments(false)
            .withGeneratedSerialVersionUID(GeneratedSerialVersionUID.CONSTANT);
    return new Configuration()
        .withLogging(Logging.WARN)
        .withJdbc(new Jdbc().withDriver("org.postgresql.Driver").withUrl(url))
        .withGenerator(
            new Generator()
                .withDatabase(database)
                .withGenerate(generate)
                .withTarget(
                    new Target().withPackageName(PACKAGE).withDirectory(output.toString())));
  }

  private static String fingerprint(Path self, Path migrations, String version)
      throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(version.getBytes(StandardCharsets.UTF_8));
    digest.update(Files.readAllBytes(self));
    for (Path file : files(migrations)) {
      digest.update(migrations.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
