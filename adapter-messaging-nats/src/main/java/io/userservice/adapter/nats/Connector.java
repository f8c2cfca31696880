package io.userservice.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.userservice.adapter.nats.NatsMessaging.Closed;
import io.userservice.adapter.nats.NatsMessaging.Connected;
import io.userservice.adapter.nats.NatsMessaging.ConnectionState;
import io.userservice.adapter.nats.NatsMessaging.Disconnected;
import io.userservice.adapter.nats.NatsMessaging.Observer;
import io.userservice.adapter.nats.NatsMessaging.Options;
import io.userservice.adapter.nats.NatsMessaging.StreamDiffers;
import io.userservice.adapter.nats.NatsMessaging.StreamFound;
import io.userservice.adapter.nats.NatsMessaging.StreamMissing;
import io.userservice.adapter.nats.NatsMessaging.StreamReady;
import io.userservice.adapter.nats.NatsMessaging.StreamState;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The thread that keeps a link to a server: opens one, looks after the stream, waits for trouble,
 * and begins again, until it is closed.
 */
final class Connector implements AutoCloseable {
  private static final Duration STREAM_CHECK = Duration.ofSeconds(1);

  /** Who doesn't publish would never hear that there is no stream by this way any more. */
  private static final Duration STREAM_LOOK = Duration.ofSeconds(5);

  private static final Duration CLOSING = Duration.ofSeconds(3);
  private static final Duration PATIENCE_LEAST = Duration.ofSeconds(5);
  private static final Duration PATIENCE_MOST = Duration.ofMinutes(1);
  private static final int PAUSE_MILLIS_LEAST = 250;
  private static final int PAUSE_MILLIS_MOST = 750;
  private static final String NOT_YET = "not connected yet";
  private static final String AWAY = "not connected to NATS: ";
  private static final String CLOSED = "closed";

  private final Options options;
  private final Observer observer;
  private final UserEventsStream userEvents;
  private final Consumer<Link> onOpen;
  private final Function<Link, JetStreamSession> sessions;
  private final KnownServers servers = new KnownServers();
  private final Thread thread = Thread.ofPlatform().name("nats").daemon().unstarted(this::run);
  private volatile Route route = new Route.Blocked(NOT_YET);
  private volatile ConnectionState connection = new Disconnected(NOT_YET);
  private volatile StreamState stream = new StreamMissing(NOT_YET);
  private List<NatsMessaging.Difference> driftTold = List.of();
  private String incarnation = "";
  private volatile Optional<Link> current = Optional.empty();
  private volatile Optional<Integer> largestMessage = Optional.empty();
  private volatile boolean closing;
  private Duration patience = PATIENCE_LEAST;

  /**
   * @param onOpen is given each new link before anything else happens on it
   * @param sessions makes a way to the stream over a link
   */
  Connector(
      Options options,
      Observer observer,
      Consumer<Link> onOpen,
      Function<Link, JetStreamSession> sessions) {
    this.sessions = sessions;
    this.options = options;
    this.observer = observer;
    this.userEvents = new UserEventsStream(options.replicas());
    this.onOpen = onOpen;
  }

  void start() {
    thread.start();
  }

  /** A link that is lost is no way, also while this thread still waits for an answer from it. */
  Route route() {
    return route instanceof Route.Open(var session) && session.link().watch().isLost()
        ? new Route.Blocked(AWAY + session.link().watch().reason())
        : route;
  }

  Optional<Link> link() {
    return route() instanceof Route.Open(var session)
        ? Optional.of(session.link())
        : Optional.empty();
  }

  /** Most bytes of a message, headers included, as far as server and stream have ever said. */
  Optional<Integer> largestMessage() {
    return largestMessage;
  }

  ConnectionState connection() {
    return connection;
  }

  StreamState stream() {
    return stream;
  }

  @Override
  public void close() {
    closing = true;
    // jnats may swallow an interruption, so the thread is also woken by the end of its link.
    current.ifPresent(link -> link.giveUp(CLOSED));
    thread.interrupt();
    try {
      if (thread.getState() != Thread.State.NEW) {
        thread.join(CLOSING);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closing) {
        try (var link = Link.open(options, servers)) {
          serve(link);
          disconnected(link.watch().reason());
        } catch (IOException failure) {
          disconnected(String.valueOf(failure.getMessage()));
        } catch (RuntimeException | Error failure) { // if this thread died, none came after
          disconnected(Redaction.redacted(String.valueOf(failure.getMessage())));
        }
        pause();
      }
    } catch (InterruptedException _) {
      // only close() interrupts
    }
    disconnected(CLOSED);
    observer.on(new Closed());
  }

  private void serve(Link link) throws InterruptedException {
    current = Optional.of(link);
    onOpen.accept(link);
    connection = new Connected(link.server());
    observer.on(new Connected(link.server()));
    var since = System.nanoTime();
    while (!closing && !link.watch().isLost()) {
      var checked = System.nanoTime();
      if (ensureStream(link)) {
        patience = PATIENCE_LEAST;
        link.awaitDoubt(STREAM_LOOK);
        since = System.nanoTime();
      } else if (System.nanoTime() - since > patience.toNanos()) {
        tryElsewhere(link);
      }
      link.watch().awaitLoss(STREAM_CHECK.minusNanos(System.nanoTime() - checked));
    }
  }

  /**
   * A server may answer and yet have lost its cluster, and with it the stream. Ever more rarely, as
   * the others may have none either.
   */
  private void tryElsewhere(Link link) {
    if (areServersMany()) {
      patience = Collections.min(List.of(patience.multipliedBy(2), PATIENCE_MOST));
      link.giveUp("no stream by way of " + link.server());
    }
  }

  private boolean areServersMany() {
    return options.servers().size() > 1 || servers.areOthersTold();
  }

  private boolean ensureStream(Link link) {
    try {
      found(link, userEvents.ensure(link.management()));
      return true;
    } catch (JetStreamApiException refused) {
      missing(
          refused.getErrorDescription() + " (JetStream error " + refused.getApiErrorCode() + ")");
    } catch (IOException | IllegalStateException failure) {
      missing(failure.getMessage() + " (is JetStream enabled there?)");
    }
    return false;
  }

  private void found(Link link, UserEventsStream.Found found) {
    var wasOpen = route instanceof Route.Open;
    largestMessage = found.largestMessage(link.maxPayload());
    if (!isSame(link, found)) {
      incarnation = found.state().incarnation();
      route = new Route.Open(sessions.apply(link));
    }
    stream = new StreamFound(found.drift()); // told when it is true: the way there is open
    if (!found.drift().equals(driftTold)) {
      driftTold = found.drift();
      observer.on(new StreamDiffers(found.drift()));
    }
    if (!wasOpen || found.created()) {
      observer.on(new StreamReady(found.created()));
    }
  }

  /** Another session tells that the stream may have forgotten something. */
  private boolean isSame(Link link, UserEventsStream.Found found) {
    return link().filter(link::equals).isPresent()
        && incarnation.equals(found.state().incarnation());
  }

  private void missing(String reason) {
    var state =
        new StreamMissing("stream " + UserEventsStream.NAME + ": " + Redaction.redacted(reason));
    route = new Route.Blocked(state.reason());
    stream = state;
    observer.on(state);
  }

  private void disconnected(String reason) {
    var state = new Disconnected(reason);
    route = new Route.Blocked(AWAY + reason);
    connection = state;
    stream = new StreamMissing(reason);
    if (!closing) {
      observer.on(state);
    }
  }

  /** Not all instances at once when a server comes back. */
  private static void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(
        ThreadLocalRandom.current().nextInt(PAUSE_MILLIS_LEAST, PAUSE_MILLIS_MOST));
  }
}
