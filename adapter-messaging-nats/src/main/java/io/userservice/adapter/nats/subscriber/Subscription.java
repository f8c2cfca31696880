package io.userservice.adapter.nats.subscriber;

import static java.util.Objects.requireNonNull;

import io.userservice.adapter.nats.NatsServers;
import io.userservice.application.driving.EventType;
import io.userservice.domain.user.TenantId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a team subscribes to, and how.
 *
 * @param durable the name of the consumer, under which NATS remembers how far the team has come.
 *     One that is there already is used as it is
 * @param select which events are handled; the others are acknowledged unseen
 * @param start where a consumer begins that isn't there yet
 * @param patience how long events that can't be handled are tried
 * @param inFlight most events that are delivered and not acknowledged. With more than 1, one
 *     process at a time may use the durable, or the order per user is lost. With 1, NATS itself
 *     keeps the order of all events, whatever the number of processes; then an event that fails
 *     holds up all others, and each costs a round trip
 */
public record Subscription(
    String durable,
    NatsServers servers,
    Select select,
    Start start,
    Patience patience,
    int inFlight) {
  public static final int IN_FLIGHT = 256;
  private static final Pattern DURABLE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public Subscription {
    requireNonNull(servers);
    requireNonNull(select);
    requireNonNull(start);
    requireNonNull(patience);
    if (!DURABLE.matcher(durable).matches()) {
      throw new IllegalArgumentException(
          "durable: 1 to 64 of the characters A-Z a-z 0-9 _ -, not \"" + durable + "\"");
    }
    if (inFlight < 1) {
      throw new IllegalArgumentException("inFlight: at least 1, not " + inFlight);
    }
  }

  /** Which events. An empty set means all. */
  public record Select(Set<TenantId> tenants, Set<EventType> types) {
    public static final Select ALL = new Select(Set.of(), Set.of());

    public Select {
      tenants = Set.copyOf(tenants);
      types = Set.copyOf(types);
    }

    boolean wants(EventType type) {
      return types.isEmpty() || types.contains(type);
    }

    boolean wants(TenantId tenant) {
      return tenants.isEmpty() || tenants.contains(tenant);
    }
  }

  /** Where a new consumer begins. */
  public enum Start {
    /** With the oldest event that the stream still has. */
    OLDEST,
    /**
     * With the first that is published after the consumer was made. One that is lost with its
     * stream is made anew, and begins so again: who may miss nothing takes {@link #OLDEST} and a
     * ledger.
     */
    NEW
  }

  /**
   * How long events are tried.
   *
   * @param attempts how often the handler is given an event before it is a dead letter; a restart
   *     of the process counts anew
   * @param firstPause after the first failure; it doubles with each further one
   * @param longestPause most that it grows to
   * @param ackWait how long NATS waits for a sign of life before it delivers again: so long the
   *     next process waits after one that was killed, to keep the order
   */
  public record Patience(
      int attempts, Duration firstPause, Duration longestPause, Duration ackWait) {
    /** Ten attempts within six minutes. */
    public static final Patience DEFAULT =
        new Patience(10, Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofSeconds(10));

    public Patience {
      if (attempts < 1
          || !firstPause.isPositive()
          || longestPause.compareTo(firstPause) < 0
          || ackWait.compareTo(Duration.ofMillis(100)) < 0) {
        throw new IllegalArgumentException(
            "at least one attempt, pauses above zero and growing, and an ackWait of 100 ms");
      }
    }

    /** How long an event rests that has failed so often. */
    Duration pauseAfter(int failures) {
      var doublings = Math.min(failures - 1, 30);
      var pause = firstPause.multipliedBy(1L << doublings);
      return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
  }

  /** All events, from the oldest that there is. */
  public static Subscription of(String durable, String... addresses) {
    return new Subscription(
        durable,
        new NatsServers(List.of(addresses), Optional.empty()),
        Select.ALL,
        Start.OLDEST,
        Patience.DEFAULT,
        IN_FLIGHT);
  }

  public Subscription withCredentials(Path file) {
    var same = new NatsServers(servers.addresses(), Optional.of(file));
    return new Subscription(durable, same, select, start, patience, inFlight);
  }

  public Subscription ofTenants(String... ids) {
    var tenants = Arrays.stream(ids).map(TenantId::new).collect(Collectors.toSet());
    var narrowed = new Select(tenants, select.types());
    return new Subscription(durable, servers, narrowed, start, patience, inFlight);
  }

  public Subscription ofTypes(EventType... types) {
    var narrowed = new Select(select.tenants(), Set.of(types));
    return new Subscription(durable, servers, narrowed, start, patience, inFlight);
  }

  public Subscription from(Start start) {
    return new Subscription(durable, servers, select, start, patience, inFlight);
  }

  public Subscription with(Patience patience) {
    return new Subscription(durable, servers, select, start, patience, inFlight);
  }

  public Subscription withInFlight(int inFlight) {
    return new Subscription(durable, servers, select, start, patience, inFlight);
  }
}
