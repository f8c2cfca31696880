package io.userservice.application;

import io.userservice.application.delivery.RelayLoop;
import io.userservice.application.delivery.Replay;
import io.userservice.application.driven.CommitSignal;
import io.userservice.application.driven.DeliveryObserver;
import io.userservice.application.driven.EventLog;
import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.Identifiers;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.RecentCommits;
import io.userservice.application.driven.RelayLease;
import io.userservice.application.driven.StreamLedger;
import io.userservice.application.driven.UserDirectory;
import io.userservice.application.driven.UserStore;
import io.userservice.application.driving.ManageUsers;
import io.userservice.application.driving.OperateEvents;
import io.userservice.application.driving.ReadEvents;
import io.userservice.application.driving.ReadUsers;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/**
 * The hexagon as a value: driven ports in, driving ports out. Holds no state of its own and starts
 * no thread; built alike in production and in tests.
 */
public final class UserApplication {
  private final Ports ports;
  private final UserService users;
  private final EventService events;
  private final OperatorService operator;

  public UserApplication(Ports ports) {
    this.ports = ports;
    this.users =
        new UserService(
            ports.users(),
            ports.directory(),
            new EventRecorder(ports.identifiers()),
            ports.identifiers(),
            ports.publisher()::largestPayload,
            ports.clock());
    this.events = new EventService(ports.users(), ports.log());
    this.operator =
        new OperatorService(
            ports.outbox(),
            new Replay(ports.log(), ports.outbox(), ports.publisher(), ports.identifiers()));
  }

  /**
   * All that the hexagon needs of the outside.
   *
   * @param chance from 0 up to, but not including, 1: spreads what many would do in one moment
   */
  public record Ports(
      UserStore users,
      UserDirectory directory,
      EventLog log,
      Outbox outbox,
      RecentCommits recent,
      RelayLease lease,
      CommitSignal signal,
      StreamLedger ledger,
      EventPublisher publisher,
      DeliveryObserver observer,
      Identifiers identifiers,
      InstantSource clock,
      DoubleSupplier chance) {}

  public ManageUsers manageUsers() {
    return users;
  }

  public ReadUsers readUsers() {
    return users;
  }

  public ReadEvents readEvents() {
    return events;
  }

  public OperateEvents operateEvents() {
    return operator;
  }

  /** A relay from outbox to stream, not yet started; one per process. */
  public RelayLoop relay(RelayLoop.Options options) {
    return new RelayLoop(
        ports.outbox(),
        ports.recent(),
        ports.publisher(),
        ports.ledger(),
        ports.lease(),
        ports.signal(),
        ports.observer(),
        ports.clock(),
        ports.chance(),
        options);
  }
}
