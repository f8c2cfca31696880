package io.userservice.application.delivery;

import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RecentCommits.Recent;
import io.userservice.domain.user.UserId;
import java.util.HashMap;
import java.util.Map;

/**
 * Which event of each user was delivered last; of those users that had one delivered most recently.
 */
final class Delivered {
  /** When so many are in the latter part, the former one is forgotten as a whole. */
  private static final int USERS = 8_192;

  private LastVersions latter = new LastVersions(USERS);
  private LastVersions former = new LastVersions(USERS);
  private long highestOfLatter;
  private long highestOfFormer;

  /** Of what has a lower sequence it isn't known any more whether it was delivered. */
  private long forgotten;

  /** Whether an event may go out. */
  enum Place {
    NEXT,
    PAST,
    UNCERTAIN
  }

  void add(Pending pending) {
    if (latter.isFull()) {
      forgetFormer();
    }
    latter.put(pending.event().user().id(), pending.event().version().value());
    highestOfLatter = Math.max(highestOfLatter, pending.sequence());
  }

  private void forgetFormer() {
    forgotten = highestOfFormer;
    highestOfFormer = highestOfLatter;
    former.clear();
    var emptied = former;
    former = latter;
    latter = emptied;
  }

  void clear() {
    latter.clear();
    former.clear();
  }

  private long last(UserId user) {
    var version = latter.get(user);
    return version == LastVersions.NONE ? former.get(user) : version;
  }

  /** To look some events through in their order, each as if those before it were delivered. */
  Ahead ahead() {
    return new Ahead();
  }

  /** What will be delivered once all is that was found to be next. */
  final class Ahead {
    private final Map<UserId, Long> versions = new HashMap<>();

    Place place(Recent commit) {
      var event = commit.pending().event();
      var user = event.user().id();
      var version = event.version().value();
      var before = versions.getOrDefault(user, last(user));
      if (version <= before) {
        return Place.PAST;
      }
      if (!isNext(commit, before)) {
        return Place.UNCERTAIN;
      }
      versions.put(user, version);
      return Place.NEXT;
    }

    private boolean isNext(Recent commit, long before) {
      return before == LastVersions.NONE
          ? commit.isFirstPending() && commit.pending().sequence() > forgotten
          : commit.pending().event().version().value() == before + 1;
    }
  }
}
