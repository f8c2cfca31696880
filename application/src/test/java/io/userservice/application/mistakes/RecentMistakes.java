package io.userservice.application.mistakes;

import io.userservice.application.driven.RecentCommits;
import io.userservice.application.driven.RecentCommits.Recent;
import io.userservice.application.testkit.DecoratedPersistence;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What those get wrong who remember recent commits. */
final class RecentMistakes {
  private RecentMistakes() {}

  static List<Mistake> all() {
    return List.of(
        mistake(
            "forgets a recent commit without a word",
            "what_is_committed_is_given_as_the_outbox_has_it_or_said_to_be_missing",
            inner ->
                new Decorated(inner) {
                  @Override
                  public Taken take(int limit) {
                    var taken = inner.take(limit);
                    var commits = taken.commits();
                    return new Taken(
                        commits.isEmpty() ? commits : commits.subList(1, commits.size()),
                        taken.complete());
                  }
                }),
        mistake(
            "gives a recent commit time and again",
            "each_is_given_once",
            inner ->
                new Decorated(inner) {
                  private final List<Recent> all = new ArrayList<>();

                  @Override
                  public Taken take(int limit) {
                    all.addAll(inner.take(Integer.MAX_VALUE).commits());
                    return new Taken(all.subList(0, Math.min(limit, all.size())), true);
                  }
                }),
        mistake(
            "takes each commit for its user's first pending one",
            "what_is_said_to_be_its_users_first_pending_event_has_none_before_it",
            inner ->
                new Decorated(inner) {
                  @Override
                  public Taken take(int limit) {
                    var taken = inner.take(limit);
                    return new Taken(
                        taken.commits().stream()
                            .map(commit -> new Recent(commit.pending(), true))
                            .toList(),
                        taken.complete());
                  }
                }),
        mistake(
            "remembers what was committed before a restart",
            "after_a_restart_only_what_begins_then_is_given",
            inner ->
                new Decorated(inner) {
                  @Override
                  public void restart() {}
                }),
        mistake(
            "is never in doubt",
            "who_is_told_of_doubt_says_that_something_is_missing",
            inner ->
                new Decorated(inner) {
                  @Override
                  public void doubt() {}
                }));
  }

  private static Mistake mistake(
      String what, String rule, Function<RecentCommits, RecentCommits> mistaken) {
    return new Mistake(
        what,
        Suites.OfRecent.class,
        rule,
        () ->
            new DecoratedPersistence(new InMemoryPersistenceFixture()) {
              private final RecentCommits recent = mistaken.apply(inner.recent());

              @Override
              public RecentCommits recent() {
                return recent;
              }
            });
  }

  private abstract static class Decorated implements RecentCommits {
    private final RecentCommits inner;

    Decorated(RecentCommits inner) {
      this.inner = inner;
    }

    @Override
    public Taken take(int limit) {
      return inner.take(limit);
    }

    @Override
    public void restart() {
      inner.restart();
    }

    @Override
    public void doubt() {
      inner.doubt();
    }
  }
}
