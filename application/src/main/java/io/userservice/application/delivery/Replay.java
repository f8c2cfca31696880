package io.userservice.application.delivery;

import io.userservice.application.driven.EventLog;
import io.userservice.application.driven.EventLog.Logged;
import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.Identifiers;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.OperateEvents.Selection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Publishes past events once more, each user's in their order. Under new message ids, or the
 * stream's duplicate window would swallow them; a page that is tried again keeps its ids.
 */
public final class Replay {
  private static final int PAGE = 500;
  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final EventLog log;
  private final Outbox outbox;
  private final EventPublisher publisher;
  private final Identifiers identifiers;

  /** To be had from {@link io.userservice.application.UserApplication#operateEvents}. */
  public Replay(EventLog log, Outbox outbox, EventPublisher publisher, Identifiers identifiers) {
    this.log = log;
    this.outbox = outbox;
    this.publisher = publisher;
    this.identifiers = identifiers;
  }

  /**
   * Replays all of the selection.
   *
   * @return how many events
   * @throws StreamUnavailable when the stream doesn't take them
   */
  public long run(Selection selection) {
    var done = 0L;
    var after = 0L;
    var turn = new RelayTurn(outbox);
    while (true) {
      var page = log.select(selection, after, PAGE);
      if (!page.isEmpty()) {
        publish(page, done);
        done += page.size();
        after = page.getLast().sequence();
      }
      if (page.size() < PAGE) {
        return done;
      }
      turn.await();
    }
  }

  private void publish(List<Logged> page, long before) {
    var ids = new HashMap<EventId, EventId>();
    page.forEach(logged -> ids.put(logged.event().id(), identifiers.nextEventId()));
    var left = page.stream().map(logged -> new Pending(logged.sequence(), logged.event())).toList();
    var reason = "";
    for (var attempt = 0; attempt < ATTEMPTS && !left.isEmpty(); attempt++) {
      var batch =
          new Batch(
              left, event -> new Publication(ids.getOrDefault(event.id(), event.id()), event));
      try {
        var session = publisher.session();
        batch.publish(publications -> session.publish(publications));
      } catch (StreamUnavailable away) {
        reason = String.valueOf(away.getMessage());
        RelayTurn.pause(PAUSE.multipliedBy(1L << attempt));
      }
      demandNoRefusal(batch, before);
      var taken = batch.receipts().stream().map(Batch.Receipt::pending).collect(Collectors.toSet());
      left = left.stream().filter(pending -> !taken.contains(pending)).toList();
      reason = batch.postponement().map(Batch.Refusal::reason).orElse(reason);
    }
    if (!left.isEmpty()) {
      throw new StreamUnavailable(
          "%s; %d events went before".formatted(reason, before + page.size() - left.size()));
    }
  }

  private static void demandNoRefusal(Batch batch, long before) {
    batch.refusals().stream()
        .findFirst()
        .ifPresent(
            refusal -> {
              throw new StreamUnavailable(
                  "the stream refuses event %s: %s; %d events went before"
                      .formatted(
                          refusal.pending().event().id(),
                          refusal.reason(),
                          before + batch.receipts().size()));
            });
  }
}
