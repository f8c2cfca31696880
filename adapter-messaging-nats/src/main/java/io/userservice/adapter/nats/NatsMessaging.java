package io.userservice.adapter.nats;

import static java.util.Objects.requireNonNull;

import io.nats.client.JetStreamApiException;
import io.nats.client.impl.NatsServerPool;
import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.StreamUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything about NATS behind one door: the connection, which is made and kept in the background
 * and may be away for any time; the stream {@value UserEventsStream#NAME}, created when absent and
 * never changed; the publisher; and the hints by which instances wake each other.
 */
public final class NatsMessaging implements AutoCloseable {
  private final Connector connector;
  private final CommitHints hints;
  private final EventPublisher publisher;

  /** Connects to nothing yet. */
  public NatsMessaging(Options options, Observer observer) {
    var headers = new EventHeaders(options.source(), options.schemaBase());
    this.connector =
        new Connector(
            options,
            observer,
            this::opened,
            link ->
                new JetStreamSession(link, headers, options.publishDeadline(), options.window()));
    this.hints =
        new CommitHints(
            options.source(), connector::link, () -> observer.on(new CommittedElsewhere()));
    this.publisher = new JetStreamPublisher(connector);
  }

  /** Begins to connect, and returns at once. */
  public static NatsMessaging open(Options options, Observer observer) {
    var messaging = new NatsMessaging(options, observer);
    messaging.start();
    return messaging;
  }

  /** Begins to connect, and returns at once. */
  public void start() {
    hints.start();
    connector.start();
  }

  private void opened(Link link) {
    hints.listen(link);
  }

  /**
   * What there is to choose.
   *
   * @param servers {@code nats://} or {@code tls://} addresses of one cluster, tried in any order
   * @param credentials a .creds file; read anew at each connect
   * @param replicas of the stream, when it is created
   * @param source this service as a URI reference: {@code ce-source}, and the scope of the hints
   * @param schemaBase the address below which {@code /schemas/<type>.json} are
   * @param publishDeadline longest that a list of events waits for its acknowledgements
   * @param window most events without acknowledgement
   */
  public record Options(
      List<String> servers,
      Optional<Path> credentials,
      int replicas,
      String source,
      String schemaBase,
      Duration publishDeadline,
      int window) {
    public static final Duration PUBLISH_DEADLINE = Duration.ofSeconds(2);
    public static final int WINDOW = 512;

    public Options {
      servers = List.copyOf(servers);
      requireNonNull(credentials);
      requireNonNull(source);
      requireNonNull(schemaBase);
      if (servers.isEmpty() || replicas < 1 || window < 1 || !publishDeadline.isPositive()) {
        throw new IllegalArgumentException(
            "at least one server, replica and event in the window, and a positive deadline");
      }
    }

    /** Without the addresses, which may hold a password. */
    @Override
    public String toString() {
      return "Options[servers="
          + servers.stream().map(Redaction::redacted).toList()
          + ", replicas="
          + replicas
          + "]";
    }
  }

  /**
   * Is told what becomes of connection and stream, as facts, by threads of this adapter; must
   * return at once and never throw.
   */
  public interface Observer {
    void on(Fact fact);
  }

  /** Something worth a line, a count, or a wake-up. */
  public sealed interface Fact {}

  /** Whether there is a connection now. */
  public sealed interface ConnectionState extends Fact {}

  /** There is; to this server. */
  public record Connected(String server) implements ConnectionState {}

  /** There is none; another is tried for all the time. Told anew of each attempt in vain. */
  public record Disconnected(String reason) implements ConnectionState {}

  /** There is none any more, for the adapter was closed. */
  public record Closed() implements Fact {}

  /** Whether there is a stream, as far as is known. */
  public sealed interface StreamState {}

  /** There is, and this is what differs from what would have been created. */
  public record StreamFound(List<Difference> drift) implements StreamState {}

  /** There is none to publish to, and it can't be created; told anew of each look in vain. */
  public record StreamMissing(String reason) implements StreamState, Fact {}

  /** Publishing can go on; what waits needn't wait any longer. */
  public record StreamReady(boolean created) implements Fact {}

  /** The stream isn't as it would have been created, or, with an empty list, is so again. */
  public record StreamDiffers(List<Difference> drift) implements Fact {}

  /** Another instance has committed something. */
  public record CommittedElsewhere() implements Fact {}

  /** A setting of the stream that isn't as expected; it is left so. */
  public record Difference(String setting, String expected, String found) {}

  /** Publishes to the stream; while that isn't possible, all outcomes are unknown at once. */
  public EventPublisher publisher() {
    return publisher;
  }

  /**
   * What there is of the stream, without altering anything.
   *
   * @throws StreamUnavailable when no server can be asked
   */
  public static Optional<StreamReport> inspect(Options options) {
    try (var link = Link.open(options, new NatsServerPool())) {
      return new UserEventsStream(options.replicas()).report(link.management());
    } catch (JetStreamApiException refused) {
      throw new StreamUnavailable(refused.getErrorDescription(), refused);
    } catch (IOException failure) {
      throw new StreamUnavailable(Redaction.redacted(failure.getMessage()), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StreamUnavailable("interrupted", interrupted);
    }
  }

  /** A stream and its settings. */
  public record StreamReport(
      Instant created,
      long messages,
      long bytes,
      long first,
      long last,
      long consumers,
      List<Difference> drift) {
    public StreamReport {
      drift = List.copyOf(drift);
    }
  }

  /** The connection as it is now. */
  public ConnectionState connection() {
    return connector.connection();
  }

  /** The stream as it was when it was last looked at. */
  public StreamState stream() {
    return connector.stream();
  }

  /** Tells the other instances that something was committed; never blocks. */
  public void announceCommit() {
    hints.announce();
  }

  /** Disconnects; returns within some seconds, whatever the state of the server. */
  @Override
  public void close() {
    hints.close();
    connector.close();
  }
}
