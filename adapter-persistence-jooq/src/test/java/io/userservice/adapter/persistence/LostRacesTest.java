package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.GLOBEX;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.adapter.persistence.Effect.NotWritten;
import io.userservice.adapter.persistence.Effect.Written;
import io.userservice.application.driven.Commit;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.UserKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of many changes of one version one is made, and the others hear of it with that one. */
final class LostRacesTest {
  private static final int MANY = 8;

  private final PostgresFixture store = new PostgresFixture();
  private final Turnstile turnstile = new Turnstile(PostgresFixture.dataSource());
  private final WriteCombiner commits = new WriteCombiner(turnstile, new RecentQueue(), () -> {});
  private final ActiveUser ana = user(ACME, "ana@example.org");
  private final ActiveUser ben = user(ACME, "ben@example.org");

  @BeforeEach
  void create() {
    store.users().commit(commit(ana));
    store.users().commit(commit(ben));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void who_loses_to_one_of_the_batch_needs_none_of_his_own() throws Exception {
    var effects = behind(Stream.generate(() -> next(ana)).limit(MANY));

    assertThat(effects.getFirst()).isInstanceOf(Written.class);
    assertThat(effects.subList(1, MANY)).containsOnly(new NotWritten());
    assertThat(turnstile.visitors()).isEqualTo(2);
  }

  @Test
  void who_loses_with_one_of_the_batch_needs_none_of_his_own() throws Exception {
    store.users().commit(next(ana));

    var effects = behind(Stream.generate(() -> next(ana)).limit(MANY));

    assertThat(effects).containsOnly(new NotWritten());
    assertThat(turnstile.visitors()).isEqualTo(2);
  }

  @Test
  void who_follows_the_one_that_was_made_is_written_too() throws Exception {
    var second = changed(ana, ana.profile());

    var effects = behind(Stream.of(commit(second), next(second)));

    assertThat(effects).hasOnlyElementsOfType(Written.class);
    assertThat(turnstile.visitors()).isEqualTo(3);
  }

  /** A user of the same id elsewhere is in nobody's way, nor is a creation that was refused. */
  @Test
  void who_has_not_lost_has_a_batch_of_his_own() throws Exception {

    var foreign =
        new ActiveUser(
            new UserKey(GLOBEX, ana.key().id()),
            ana.version(),
            ana.profile(),
            ana.createdAt(),
            ana.updatedAt());
    var taken = user(ACME, "ana@example.org");
    var free =
        new ActiveUser(
            taken.key(),
            taken.version(),
            profile("free@example.org"),
            taken.createdAt(),
            taken.updatedAt());

    var effects = behind(Stream.of(next(foreign), next(ana), commit(taken), commit(free)));

    assertThat(effects)
        .hasExactlyElementsOfTypes(
            NotWritten.class, Written.class, NotWritten.class, Written.class);
  }

  private static Commit next(ActiveUser user) {
    return commit(changed(user, profile(user.profile().email().value(), "Another")));
  }

  /** What becomes of those who come in this order while a change of Ben is under way. */
  private List<Effect> behind(Stream<Commit> others) throws Exception {
    var first = asked(next(ben));
    var answers = others.map(this::asked).toList();
    turnstile.open();
    var effects = new ArrayList<Effect>();
    for (var answer : answers) {
      effects.add(answer.get());
    }
    assertThat(first.get()).isInstanceOf(Written.class);
    return effects;
  }

  private FutureTask<Effect> asked(Commit commit) {
    var answer = new FutureTask<>(() -> commits.commit(commit));
    var thread = Thread.ofPlatform().start(answer);
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> thread.getState().name().endsWith("WAITING"));
    return answer;
  }
}
