package io.userservice.adapter.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Lets nobody through until it is opened, and counts those who come. */
final class Turnstile extends DelegatingDataSource {
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger visitors = new AtomicInteger();

  Turnstile(DataSource behind) {
    super(behind);
  }

  void open() {
    gate.countDown();
  }

  int visitors() {
    return visitors.get();
  }

  @Override
  public Connection getConnection() throws SQLException {
    visitors.incrementAndGet();
    try {
      gate.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    return super.getConnection();
  }
}
