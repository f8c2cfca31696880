package io.userservice.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A network that can be cut and slowed: bytes go from a port of this machine to a server. Cut,
 * connections stay open and nothing passes either way, as when a cable is pulled.
 */
final class CutProxy implements AutoCloseable {
  private final ServerSocket entrance;
  private final URI target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean cut;
  private long delayMillis;

  private CutProxy(ServerSocket entrance, URI target) {
    this.entrance = entrance;
    this.target = target;
  }

  static CutProxy to(String url) throws IOException {
    var proxy =
        new CutProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), URI.create(url));
    Thread.ofVirtual().name("proxy").start(proxy::accept);
    return proxy;
  }

  String url() {
    return "nats://127.0.0.1:" + entrance.getLocalPort();
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        var client = entrance.accept();
        open.add(client);
        var server = new Socket(target.getHost(), target.getPort());
        open.add(server);
        pump(client, server);
        pump(server, client);
      } catch (IOException _) {
        // the target is down, or this proxy closed: a client sees a closed connection
        closeAll();
      }
    }
  }

  private void pump(Socket from, Socket to) {
    Thread.ofVirtual().start(() -> copy(from, to));
  }

  private void copy(Socket from, Socket to) {
    try (from;
        to) {
      transfer(from.getInputStream(), to.getOutputStream());
    } catch (IOException _) {
      return; // one end was closed, and so is the other now
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void transfer(InputStream in, OutputStream out) throws IOException, InterruptedException {
    var buffer = new byte[16_384];
    for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      awaitPassage();
      out.write(buffer, 0, count);
      out.flush();
    }
  }

  private void awaitPassage() throws InterruptedException {
    lock.lock();
    try {
      var left = delayMillis * 1_000_000;
      while (cut || left > 0) {
        if (cut) {
          changed.await();
        } else {
          left = changed.awaitNanos(left);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nothing passes any more. */
  void cut() {
    set(true, 0);
  }

  /** Everything passes, each piece so many milliseconds late. */
  void slow(long millis) {
    set(false, millis);
  }

  /** Everything passes, what was held back first. */
  void heal() {
    set(false, 0);
  }

  private void set(boolean isCut, long millis) {
    lock.lock();
    try {
      cut = isCut;
      delayMillis = millis;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void closeAll() {
    for (var socket : open) {
      try {
        socket.close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    open.clear();
  }

  @Override
  public void close() {
    try {
      entrance.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    closeAll();
  }
}
