package io.userservice.application;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.caller;
import static io.userservice.application.testkit.Users.profile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.driven.UserStore;
import io.userservice.application.driven.UserStore.VersionConflict;
import io.userservice.application.driving.Caller;
import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.application.driving.ManageUsers;
import io.userservice.application.driving.ManageUsers.Created;
import io.userservice.application.driving.ManageUsers.Deleted;
import io.userservice.application.driving.ManageUsers.KeyBusy;
import io.userservice.application.driving.ManageUsers.Precondition;
import io.userservice.application.driving.ManageUsers.Restored;
import io.userservice.application.driving.ManageUsers.Updated;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.UserName;
import io.userservice.domain.user.UserPatch;
import io.userservice.domain.user.UserPatch.AttributesEdit;
import io.userservice.domain.user.UserPatch.Edit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a change when the store says that another was quicker, or something odd. */
final class LostRacesTest {
  private static final Caller ANA = caller(ACME);
  private static final Precondition ANY = new Precondition.AnyVersion();
  private static final UserPatch RENAMED =
      new UserPatch(
          new Edit.Keep<>(), new Edit.Set<>(new UserName("Bea")), new AttributesEdit.Keep());
  private static final List<VersionConflict> LOST_TWICE =
      Collections.nCopies(2, new VersionConflict());

  private final Hexagon hexagon = new Hexagon();
  private final AnsweringStore store = new AnsweringStore(hexagon.persistence.users());
  private final ManageUsers manage = hexagon.over(store).manageUsers();

  @Test
  void a_change_that_lost_is_made_again() {
    var id = created();

    store.answers(LOST_TWICE);
    assertThat(manage.update(ANA, id, RENAMED, ANY)).isInstanceOf(Updated.class);
    store.answers(LOST_TWICE);
    assertThat(manage.delete(ANA, id, ANY)).isEqualTo(new Deleted());
    store.answers(LOST_TWICE);
    assertThat(manage.restore(ANA, id, ANY)).isInstanceOf(Restored.class);

    assertThat(store.commits()).isEqualTo(1 + 3 * 3);
  }

  @Test
  void who_always_loses_is_told_to_come_back_later() {
    var id = created();
    store.answers(Collections.nCopies(200, new VersionConflict()));

    assertThatThrownBy(() -> manage.update(ANA, id, RENAMED, ANY))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("too many changes of one user");
    assertThat(store.commits()).isEqualTo(1 + 200);
  }

  @Test
  void a_key_at_work_is_told() {
    store.answers(List.of(new UserStore.KeyBusy()));

    assertThat(
            manage.create(
                ANA, profile("ana@example.org"), Optional.of(new IdempotencyClaim("key", "same"))))
        .isEqualTo(new KeyBusy());
  }

  @Test
  void a_new_id_that_is_in_use_is_a_bug() {
    store.answers(List.of(new VersionConflict()));

    assertThatThrownBy(() -> manage.create(ANA, profile("ana@example.org"), Optional.empty()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a new id is in use: ");
  }

  @Test
  void an_outcome_that_can_not_be_is_a_bug() {
    var id = created();
    store.answers(Collections.nCopies(2, new UserStore.KeyReused()));

    assertThatThrownBy(() -> manage.update(ANA, id, RENAMED, ANY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("KeyReused");
    assertThatThrownBy(() -> manage.delete(ANA, id, ANY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("KeyReused");
  }

  private UserId created() {
    return switch (manage.create(ANA, profile("ana@example.org"), Optional.empty())) {
      case Created(var user) -> user.key().id();
      case ManageUsers.CreateOutcome other -> throw new AssertionError(other);
    };
  }
}
