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
import io.userservice.application.driving.OperateEvents.Replayed;
import io.userservice.application.driving.OperateEvents.Selection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
   * Replays what is of the selection and behind {@code after} in the log.
   *
   * @return how many events
   * @throws StreamUnavailable when the stream doesn't take them
   */
  public long run(Selection selection, long after, Consumer<Replayed> progress) {
    var done = 0L;
    var last = after;
    var turn = new RelayTurn(outbox);
    while (true) {
      var page = log.select(selection, last, PAGE);
      if (!page.isEmpty()) {
        publish(page, done, progress);
        done += page.size();
        last = page.getLast().sequence();
        progress.accept(new Replayed(done, last));
      }
      if (page.size() < PAGE) {
        return done;
      }
      turn.await();
    }
  }

  private void publish(List<Logged> page, long before, Consumer<Replayed> progress) {
    var ids = new HashMap<EventId, EventId>();
    page.forEach(logged -> ids.put(logged.event().id(), identifiers.nextEventId()));
    var left = page.stream().map(logged -> new Pending(logged.sequence(), logged.event())).toList();
    var reason = "";
    var refused = Optional.<String>empty();
    for (var attempt = 0; attempt < ATTEMPTS && !left.isEmpty() && refused.isEmpty(); attempt++) {
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
      var taken = batch.receipts().stream().map(Batch.Receipt::pending).collect(Collectors.toSet());
      left = left.stream().filter(pending -> !taken.contains(pending)).toList();
      reason = batch.postponement().map(Batch.Refusal::reason).orElse(reason);
      refused = batch.refusals().stream().findFirst().map(Replay::told);
    }
    if (!left.isEmpty()) {
      var done = before + page.size() - left.size();
      progress.accept(new Replayed(done, left.getFirst().sequence() - 1));
      throw new StreamUnavailable(
          "%s; %d events went before".formatted(refused.orElse(reason), done));
    }
  }

  private static String told(Batch.Refusal refusal) {
    return "the stream refuses event %s: %s"
        .formatted(refusal.pending().event().id(), refusal.reason());
  }
}
