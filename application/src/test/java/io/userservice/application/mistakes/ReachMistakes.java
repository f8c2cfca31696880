package io.userservice.application.mistakes;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.EventLog;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.RelayLease;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.driven.StreamLedger;
import io.userservice.application.driven.UserDirectory;
import io.userservice.application.driven.UserStore;
import io.userservice.application.driving.Page;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.DecoratedLease;
import io.userservice.application.testkit.DecoratedOutbox;
import io.userservice.application.testkit.DecoratedPersistence;
import io.userservice.application.testkit.DecoratedRelayLease;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What adapters get wrong while nobody reaches their store. */
final class ReachMistakes {
  private static final String RULE = "a_store_out_of_reach_is_unavailable";

  private ReachMistakes() {}

  static List<Mistake> all() {
    return List.of(
        new Mistake(
            "finds no user when they are out of reach",
            Suites.OfUserStore.class,
            RULE,
            FindingNobody::new),
        new Mistake(
            "fails in a way of its own when a commit can't be made",
            Suites.OfUserStore.class,
            RULE,
            FailingCommits::new),
        new Mistake(
            "lists no users when they are out of reach",
            Suites.OfDirectory.class,
            RULE,
            ListingNobody::new),
        new Mistake(
            "gives an empty history when the log is out of reach",
            Suites.OfLog.class,
            RULE,
            EmptyLog::new),
        new Mistake(
            "says that nothing is pending when the outbox is out of reach",
            Suites.OfOutbox.class,
            RULE,
            EmptyOutbox::new),
        new Mistake(
            "knows no stream when the ledger is out of reach",
            Suites.OfLedger.class,
            RULE,
            EmptyLedger::new),
        new Mistake(
            "swallows that a lease can't be given back",
            Suites.OfLease.class,
            RULE,
            SilentLease::new),
        new Mistake(
            "asks the store whether a lease is held",
            Suites.OfLease.class,
            "whether_it_is_held_is_known_without_the_store_and_it_ends_by_itself",
            AskingLease::new));
  }

  /** Right, but for what it makes of a store that is out of reach. */
  private abstract static class Swallowing extends DecoratedPersistence {
    Swallowing() {
      super(new InMemoryPersistenceFixture());
    }

    static <T> T instead(Supplier<T> call, T answer) {
      try {
        return call.get();
      } catch (StoreUnavailable _) {
        return answer; // the mistake
      }
    }
  }

  private static final class FindingNobody extends Swallowing {
    @Override
    public UserStore users() {
      return new UserStore() {
        @Override
        public Optional<User> find(UserKey key) {
          return instead(() -> inner.users().find(key), Optional.empty());
        }

        @Override
        public Outcome commit(Commit commit) {
          return inner.users().commit(commit);
        }
      };
    }
  }

  private static final class FailingCommits extends Swallowing {
    @Override
    public UserStore users() {
      return new UserStore() {
        @Override
        public Optional<User> find(UserKey key) {
          return inner.users().find(key);
        }

        @Override
        public Outcome commit(Commit commit) {
          try {
            return inner.users().commit(commit);
          } catch (StoreUnavailable failure) {
            throw new IllegalStateException(failure);
          }
        }
      };
    }
  }

  private static final class ListingNobody extends Swallowing {
    @Override
    public UserDirectory directory() {
      return (tenant, query) ->
          instead(
              () -> inner.directory().list(tenant, query), new Page<>(List.of(), Optional.empty()));
    }
  }

  private static final class EmptyLog extends Swallowing {
    @Override
    public EventLog log() {
      return new MistakenLog(inner.log()) {
        @Override
        public List<RecordedEvent> history(UserKey user, Optional<Version> before, int limit) {
          return instead(() -> inner.history(user, before, limit), List.of());
        }
      };
    }
  }

  private static final class EmptyOutbox extends Swallowing {
    @Override
    public Outbox outbox() {
      return new DecoratedOutbox(inner.outbox()) {
        @Override
        public List<Pending> next(int limit) {
          return instead(() -> inner.next(limit), List.of());
        }
      };
    }
  }

  private static final class EmptyLedger extends Swallowing {
    @Override
    public StreamLedger ledger() {
      return new DecoratedLedger(inner.ledger()) {
        @Override
        public Optional<Known> known() {
          return instead(inner::known, Optional.empty());
        }
      };
    }
  }

  private static final class SilentLease extends Swallowing {
    @Override
    public RelayLease lease() {
      return new DecoratedRelayLease(inner.lease()) {
        @Override
        protected Optional<Lease> decorated(Optional<Lease> granted) {
          return granted.map(SilentRelease::new);
        }
      };
    }
  }

  private static final class SilentRelease extends DecoratedLease {
    SilentRelease(RelayLease.Lease inner) {
      super(inner);
    }

    @Override
    public void release() {
      try {
        inner.release();
      } catch (StoreUnavailable _) {
        // the mistake
      }
    }
  }

  private static final class AskingLease extends Swallowing {
    @Override
    public RelayLease lease() {
      return new DecoratedRelayLease(inner.lease()) {
        @Override
        protected Optional<Lease> decorated(Optional<Lease> granted) {
          return granted.map(lease -> new Asking(lease, AskingLease.this.inner.ledger()));
        }
      };
    }
  }

  private static final class Asking extends DecoratedLease {
    private final StreamLedger store;

    Asking(RelayLease.Lease inner, StreamLedger store) {
      super(inner);
      this.store = store;
    }

    @Override
    public boolean isHeld() {
      store.known();
      return inner.isHeld();
    }
  }
}
