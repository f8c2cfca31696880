package io.userservice.application.delivery;

import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RecentCommits.Recent;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which event of each user was delivered last; of those users that had one delivered most recently.
 */
final class Delivered {
  private static final int USERS = 16_384;

  private final LinkedHashMap<UserKey, Mark> last = new LinkedHashMap<>(16, 0.75f, true);

  /** Of what has a lower sequence it isn't known any more whether it was delivered. */
  private long forgotten;

  /** Whether an event may go out. */
  enum Place {
    NEXT,
    PAST,
    UNCERTAIN
  }

  private record Mark(Version version, long sequence) {}

  void add(Pending pending) {
    var event = pending.event();
    last.put(event.user(), new Mark(event.version(), pending.sequence()));
    if (last.size() > USERS) {
      forgotten = Math.max(forgotten, last.pollFirstEntry().getValue().sequence());
    }
  }

  void clear() {
    last.clear();
  }

  /** To look some events through in their order, each as if those before it were delivered. */
  Ahead ahead() {
    return new Ahead();
  }

  /** What will be delivered once all is that was found to be next. */
  final class Ahead {
    private final Map<UserKey, Version> versions = new HashMap<>();

    Place place(Recent commit) {
      var event = commit.pending().event();
      var before = before(event.user());
      if (before.filter(version -> version.value() >= event.version().value()).isPresent()) {
        return Place.PAST;
      }
      if (!isNext(commit, before)) {
        return Place.UNCERTAIN;
      }
      versions.put(event.user(), event.version());
      return Place.NEXT;
    }

    private Optional<Version> before(UserKey user) {
      return Optional.ofNullable(versions.get(user))
          .or(() -> Optional.ofNullable(last.get(user)).map(Mark::version));
    }

    private boolean isNext(Recent commit, Optional<Version> before) {
      var version = commit.pending().event().version();
      return before
          .map(known -> known.next().equals(version))
          .orElse(commit.isFirstPending() && commit.pending().sequence() > forgotten);
    }
  }
}
