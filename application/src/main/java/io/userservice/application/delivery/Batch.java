package io.userservice.application.delivery;

import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.EventPublisher.Acknowledged;
import io.userservice.application.driven.EventPublisher.Outcome;
import io.userservice.application.driven.EventPublisher.Overtaken;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.EventPublisher.Unknown;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.user.UserKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Pending events on their way, and what became of them. Keeps the order per user: an event goes out
 * only when all earlier ones of its user are acknowledged. So a batch goes out in waves, the first
 * with each user's first event, the second with each user's second; after an unknown outcome, or
 * when others were faster, there is no further wave, after a refusal none with an event of that
 * user.
 */
final class Batch {
  private final List<List<Pending>> waves;
  private final Function<RecordedEvent, Publication> form;
  private final List<Receipt> receipts = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final Set<UserKey> blocked = new HashSet<>();
  private Optional<Refusal> postponement = Optional.empty();
  private boolean overtaken;
  private int sent;

  Batch(List<Pending> pending) {
    this(pending, Publication::of);
  }

  /** With events in another form than their own. */
  Batch(List<Pending> pending, Function<RecordedEvent, Publication> form) {
    this.waves = wavesOf(pending);
    this.form = form;
  }

  /** An acknowledged event. */
  record Receipt(Pending pending, Acknowledged taken) {}

  /** An event that the stream didn't take, and why. */
  record Refusal(Pending pending, String reason) {}

  private static List<List<Pending>> wavesOf(List<Pending> batch) {
    var waves = new ArrayList<List<Pending>>();
    var seen = new HashMap<UserKey, Integer>();
    for (var pending : batch) {
      var wave = seen.merge(pending.event().user(), 1, Integer::sum) - 1;
      if (wave == waves.size()) {
        waves.add(new ArrayList<>());
      }
      waves.get(wave).add(pending);
    }
    return waves;
  }

  /** Sends it all, wave by wave, as far as it goes. */
  void publish(Function<List<Publication>, List<Outcome>> publisher) {
    publish(publisher, waves.size());
  }

  /** The same, but no more than so many waves. */
  void publish(Function<List<Publication>, List<Outcome>> publisher, int most) {
    for (var wave = nextWave(most); !wave.isEmpty(); wave = nextWave(most)) {
      var outcomes =
          publisher.apply(wave.stream().map(pending -> form.apply(pending.event())).toList());
      for (var i = 0; i < wave.size(); i++) {
        switch (outcomes.get(i)) {
          case Acknowledged taken -> receipts.add(new Receipt(wave.get(i), taken));
          case EventPublisher.Refused(var reason) -> refused(wave.get(i), reason);
          case Overtaken _ -> overtaken = true;
          case Unknown(var reason) -> postponed(wave.get(i), reason);
        }
      }
    }
  }

  /** What may be sent next; empty when nothing may. */
  private List<Pending> nextWave(int most) {
    while (sent < Math.min(most, waves.size()) && !isStuck()) {
      var wave = waves.get(sent++).stream().filter(this::isFree).toList();
      if (!wave.isEmpty()) {
        return wave;
      }
    }
    return List.of();
  }

  private boolean isFree(Pending pending) {
    return !blocked.contains(pending.event().user());
  }

  private void refused(Pending pending, String reason) {
    refusals.add(new Refusal(pending, reason));
    blocked.add(pending.event().user());
  }

  private void postponed(Pending pending, String reason) {
    if (postponement.isEmpty()) {
      postponement = Optional.of(new Refusal(pending, reason));
    }
  }

  /** Whether some of it is still to be sent. */
  boolean isUnfinished() {
    return isStuck() || sent < waves.size();
  }

  /** Whether nothing more goes now. */
  boolean isStuck() {
    return overtaken || postponement.isPresent();
  }

  /** Whether nothing became of any of it; what is refused is out of the way. */
  boolean isInVain() {
    return receipts.isEmpty() && refusals.isEmpty();
  }

  /** What was acknowledged, in the order of the stream. */
  List<Receipt> receipts() {
    receipts.sort(Comparator.comparingLong(receipt -> receipt.taken().streamSequence()));
    return List.copyOf(receipts);
  }

  List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /** The first event whose outcome is unknown. */
  Optional<Refusal> postponement() {
    return postponement;
  }
}
