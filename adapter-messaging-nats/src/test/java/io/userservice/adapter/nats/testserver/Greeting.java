package io.userservice.adapter.nats.testserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The first thing that a NATS server says to whoever connects: INFO. */
final class Greeting {
  private static final int PATIENCE_MILLIS = 1_000;
  private static final Duration START = Duration.ofSeconds(20);
  private static final Duration STEP = Duration.ofMillis(10);
  private static final int DEFAULT_PORT = 4222;
  private static final byte[] INFO = "INFO ".getBytes(StandardCharsets.US_ASCII);

  private Greeting() {}

  static boolean answers(String urls) {
    return Arrays.stream(urls.split(",")).map(String::strip).anyMatch(Greeting::isHeardAt);
  }

  /**
   * Waits until a server answers.
   *
   * @param mayCome whether it still can
   * @throws IOException when it doesn't in time, or can't
   */
  static void await(String url, BooleanSupplier mayCome) throws IOException {
    for (var end = System.nanoTime() + START.toNanos(); !isHeardAt(url); pause()) {
      if (!mayCome.getAsBoolean() || System.nanoTime() > end) {
        throw new IOException("no NATS server answers at " + url);
      }
    }
  }

  private static void pause() {
    LockSupport.parkNanos(STEP.toNanos());
  }

  private static boolean isHeardAt(String url) {
    try (var socket = new Socket()) {
      var address = URI.create(url);
      var port = address.getPort() < 0 ? DEFAULT_PORT : address.getPort();
      socket.connect(new InetSocketAddress(address.getHost(), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return Arrays.equals(socket.getInputStream().readNBytes(INFO.length), INFO);
    } catch (IOException | IllegalArgumentException _) {
      return false;
    }
  }
}
