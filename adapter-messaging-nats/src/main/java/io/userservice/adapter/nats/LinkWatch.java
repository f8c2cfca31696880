package io.userservice.adapter.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Hears from jnats what becomes of a connection, and says when and why it is lost. */
final class LinkWatch implements ConnectionListener, ErrorListener {
  private final CountDownLatch lost = new CountDownLatch(1);
  private volatile String reason = "";
  private volatile String lastError = "";
  private volatile Runnable onLoss = () -> {};
  private volatile boolean watching;

  /**
   * From now on any other status than connected is the end, as nothing reconnects it. Events from
   * before don't count: they are of servers that were tried in vain.
   */
  void begin(Connection connection, Runnable action) {
    onLoss = action;
    watching = true;
    check(connection);
  }

  private void check(Connection connection) {
    if (watching && connection.getStatus() != Connection.Status.CONNECTED) {
      lose("connection lost" + lastError(": "));
    }
  }

  /** Declares it lost; the first reason is the one that counts. */
  void lose(String why) {
    synchronized (lost) {
      if (isLost()) {
        return;
      }
      reason = Redaction.redacted(why);
      lost.countDown();
    }
    onLoss.run();
  }

  boolean isLost() {
    return lost.getCount() == 0;
  }

  /** Why it was lost, free of secrets. */
  String reason() {
    return reason;
  }

  /** Waits until it is lost, at most this long. */
  void awaitLoss(Duration atMost) throws InterruptedException {
    lost.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The last error that was reported, behind the prefix, or nothing. */
  String lastError(String prefix) {
    return lastError.isEmpty() ? "" : prefix + lastError;
  }

  @Override
  public void connectionEvent(Connection connection, Events type, Long time, String uriDetails) {
    check(connection);
  }

  @Override
  @Deprecated
  public void connectionEvent(Connection connection, Events type) {
    check(connection);
  }

  @Override
  public void errorOccurred(Connection connection, String error) {
    lastError = error;
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception exception) {
    lastError = Objects.requireNonNullElse(exception.getMessage(), exception.toString());
  }
}
