package io.userservice.application.driven;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.event;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.domain.user.ActiveUser;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CommitTest {
  private final ActiveUser ana = user(ACME, "ana@example.org");
  private final ActiveUser renamed = changed(ana, profile("ana@example.org", "Bea"));

  @Test
  void a_state_goes_with_its_own_event_only() {
    var bob = user(ACME, "bob@example.org");

    assertThatThrownBy(() -> new Commit(ana, event(bob), Optional.empty()))
        .hasMessageContaining("another user or version");
    assertThatThrownBy(() -> new Commit(ana, event(renamed), Optional.empty()))
        .hasMessageContaining("another user or version");
  }

  @Test
  void only_a_create_claims_a_key() {
    var claim = Optional.of(new IdempotencyClaim("key", "same"));

    assertThatThrownBy(() -> new Commit(renamed, event(renamed), claim))
        .hasMessageContaining("only a create");
  }
}
