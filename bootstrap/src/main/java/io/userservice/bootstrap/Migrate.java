package io.userservice.bootstrap;

import io.userservice.adapter.persistence.SchemaMigration;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.bootstrap.Settings.Migrating;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;

/** Brings the schema up to date and ends; needs the database and nothing else. */
final class Migrate {
  private Migrate() {}

  static int run(Migrating settings, PrintWriter err) {
    LoggingSetup.applyForCommand(settings.logging());
    try (var pool = ConnectionPool.open(settings.database(), 2)) {
      var count = SchemaMigration.run(pool);
      LoggerFactory.getLogger(Migrate.class)
          .atInfo()
          .addKeyValue("migrations", count)
          .log("The schema is up to date");
      return ExitStatus.OK;
    } catch (StoreUnavailable away) {
      err.println("The database can't be reached: " + away.getMessage());
      return ExitStatus.UNAVAILABLE;
    }
  }
}
