package io.userservice.application.delivery;

import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.StreamUnavailable;
import java.time.Duration;
import java.util.List;

/**
 * The relay's turn between two pages of a replay. Each page overtakes what the relay is about to
 * send, and it has to look at the stream anew before it can try again: if the next page came
 * earlier, however far away the stream is, that would go on until the replay is over. So what waits
 * goes first.
 */
final class RelayTurn {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int MOST_PAUSES = 50;

  private final Outbox outbox;
  private final int mostPauses;

  /** What stays first, since no relay is at work. */
  private List<Long> stays = List.of();

  RelayTurn(Outbox outbox) {
    this(outbox, MOST_PAUSES);
  }

  RelayTurn(Outbox outbox, int mostPauses) {
    this.outbox = outbox;
    this.mostPauses = mostPauses;
  }

  /** Waits for a moment, and until what waits first has gone, if it does within 5 s. */
  void await() {
    var first = first();
    var most = first.isEmpty() || first.equals(stays) ? 1 : mostPauses;
    pause(PAUSE);
    for (var pauses = 1; pauses < most; pauses++) {
      if (!first().equals(first)) {
        return;
      }
      pause(PAUSE);
    }
    stays = first;
  }

  private List<Long> first() {
    return outbox.next(1).stream().map(Pending::sequence).toList();
  }

  static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new StreamUnavailable("interrupted", interruption);
    }
  }
}
