package io.userservice.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A network that can be cut, slowed, and made to swallow what a server says: bytes go from a port
 * of this machine to that server. Cut, connections stay open and nothing passes either way, as when
 * a cable is pulled.
 */
final class CutProxy implements AutoCloseable {
  private final ServerSocket entrance;
  private final URI target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Set<Sender> heard = EnumSet.allOf(Sender.class);
  private long delayMillis;

  private enum Sender {
    CLIENT,
    SERVER
  }

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

  /** Where the server seems to be. */
  String url() {
    return "nats://127.0.0.1:" + port();
  }

  int port() {
    return entrance.getLocalPort();
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        connect(entrance.accept());
      } catch (IOException _) {
        // this proxy was closed; or the target is down, or the client gone: others may come
      }
    }
  }

  private void connect(Socket client) throws IOException {
    open.add(client);
    try {
      client.setTcpNoDelay(true); // or a network that should be sound would be slow
      var server = new Socket(target.getHost(), target.getPort());
      open.add(server);
      server.setTcpNoDelay(true);
      pump(Sender.CLIENT, client, server);
      pump(Sender.SERVER, server, client);
    } catch (IOException failure) {
      client.close();
      throw failure;
    }
  }

  private void pump(Sender sender, Socket from, Socket to) {
    Thread.ofVirtual().start(() -> copy(sender, from, to));
  }

  private void copy(Sender sender, Socket from, Socket to) {
    try (from;
        to) {
      transfer(sender, from.getInputStream(), to.getOutputStream());
    } catch (IOException _) {
      return; // one end was closed, and so is the other now
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void transfer(Sender sender, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    var buffer = new byte[16_384];
    for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      awaitPassage(sender);
      out.write(buffer, 0, count);
      out.flush();
    }
  }

  private void awaitPassage(Sender sender) throws InterruptedException {
    lock.lock();
    try {
      var left = delayMillis * 1_000_000;
      while (left > 0 || !heard.contains(sender)) {
        if (heard.contains(sender)) {
          left = changed.awaitNanos(left);
        } else {
          changed.await();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nothing passes any more. */
  void cut() {
    set(EnumSet.noneOf(Sender.class), 0);
  }

  /** What clients say passes; what the server answers doesn't. */
  void muffle() {
    set(EnumSet.of(Sender.CLIENT), 0);
  }

  /** Everything passes, each piece so many milliseconds late. */
  void slow(long millis) {
    set(EnumSet.allOf(Sender.class), millis);
  }

  /** Everything passes, what was held back first. */
  void heal() {
    set(EnumSet.allOf(Sender.class), 0);
  }

  private void set(Set<Sender> senders, long millis) {
    lock.lock();
    try {
      heard = senders;
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
