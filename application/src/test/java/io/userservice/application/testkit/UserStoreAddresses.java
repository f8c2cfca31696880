package io.userservice.application.testkit;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.GLOBEX;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.deleted;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.restored;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.UserStore.Committed;
import io.userservice.application.driven.UserStore.EmailTaken;
import io.userservice.application.driven.UserStore.Outcome;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of {@link UserStoreContract} what is about e-mail addresses. */
abstract class UserStoreAddresses extends PersistenceContract {

  @ParameterizedTest
  @CsvSource({
    "Ana@Example.org, aNA@example.ORG",
    "straße@example.org, STRASSE@example.org",
    "ÀÑA@example.org, àña@example.org",
    "a\u030a@example.org, \u00e5@example.org",
    "ana@bücher.example, Ana@xn--bcher-kva.example",
    "νίκος@example.org, ΝΊΚΟΣ@example.org",
  })
  void an_email_address_is_there_once_among_the_living_in_canonical_form(
      String typed, String other) {
    commit(user(ACME, typed));

    assertThat(attempt(user(ACME, other))).isEqualTo(new EmailTaken());
  }

  @ParameterizedTest
  @CsvSource({
    "ana.b@example.org, anab@example.org",
    "ana+tag@example.org, ana@example.org",
    "ána@example.org, ana@example.org",
    "ı@example.org, i@example.org",
  })
  void email_addresses_that_only_look_alike_are_two(String typed, String other) {
    commit(user(ACME, typed));

    assertThat(attempt(user(ACME, other))).isEqualTo(new Committed());
  }

  /** The Turkish lower case of I is an i without a dot. */
  @Test
  @ResourceLock(Resources.LOCALE)
  void an_email_address_is_the_same_whatever_the_language_of_the_machine() {
    commit(user(ACME, "INFO@example.org"));
    var language = Locale.getDefault();
    Locale.setDefault(Locale.of("tr"));
    try {
      assertThat(attempt(user(ACME, "info@example.org"))).isEqualTo(new EmailTaken());
      assertThat(attempt(user(ACME, "INFO@example.org"))).isEqualTo(new EmailTaken());
    } finally {
      Locale.setDefault(language);
    }
  }

  @Test
  void an_update_to_a_taken_email_address_is_refused() {
    commit(user(ACME, "ana@example.org"));
    var bob = user(ACME, "bob@example.org");
    commit(bob);

    assertThat(attempt(changed(bob, profile("ANA@example.org")))).isEqualTo(new EmailTaken());
    assertThat(store.users().find(bob.key())).contains(bob);
    assertThat(history(bob.key())).hasSize(1);
  }

  @Test
  void an_email_address_that_alters_in_case_alone_can_be_updated() {
    var ana = user(ACME, "ana@example.org");
    commit(ana);
    var typed = changed(ana, profile("ANA@example.org"));

    assertThat(attempt(typed)).isEqualTo(new Committed());
    assertThat(store.users().find(ana.key())).contains(typed);
  }

  @Test
  void another_tenant_may_have_the_same_email_address() {
    commit(user(ACME, "ana@example.org"));

    assertThat(attempt(user(GLOBEX, "ana@example.org"))).isEqualTo(new Committed());
  }

  @Test
  void a_deleted_user_leaves_its_email_address_to_others() {
    var ana = user(ACME, "ana@example.org");
    commit(ana);
    commit(deleted(ana));

    assertThat(attempt(user(ACME, "ana@example.org"))).isEqualTo(new Committed());
  }

  @Test
  void a_restore_is_refused_when_the_email_address_is_taken_meanwhile() {
    var ana = user(ACME, "ana@example.org");
    var gone = deleted(ana);
    commit(ana);
    commit(gone);
    commit(user(ACME, "ana@example.org"));

    assertThat(attempt(restored(gone))).isEqualTo(new EmailTaken());
    assertThat(store.users().find(ana.key())).contains(gone);
  }

  @Test
  void an_update_frees_the_email_address_that_it_leaves() {
    var ana = user(ACME, "ana@example.org");
    commit(ana);
    commit(changed(ana, profile("ana@example.com")));

    assertThat(attempt(user(ACME, "ana@example.org"))).isEqualTo(new Committed());
    assertThat(attempt(user(ACME, "ana@example.com"))).isEqualTo(new EmailTaken());
  }

  @Test
  void a_delete_frees_the_email_address_in_its_own_tenant_alone() {
    var ana = user(ACME, "ana@example.org");
    commit(ana);
    commit(user(GLOBEX, "ana@example.org"));

    commit(deleted(ana));

    assertThat(attempt(user(GLOBEX, "ana@example.org"))).isEqualTo(new EmailTaken());
  }

  @Test
  void a_restored_user_has_its_email_address_again() {
    var ana = user(ACME, "ana@example.org");
    var gone = deleted(ana);
    commit(ana);
    commit(gone);

    commit(restored(gone));

    assertThat(attempt(user(ACME, "ana@example.org"))).isEqualTo(new EmailTaken());
  }

  @Test
  void of_many_commits_of_one_email_address_one_is_committed() throws Exception {
    var outcomes = Collision.of(50, i -> () -> attempt(user(ACME, "ana@example.org")));

    assertThat(outcomes).containsOnlyOnce(new Committed());
    assertThat(outcomes).filteredOn(new EmailTaken()::equals).hasSize(49);
    assertThat(pendingEvents()).hasSize(1);
  }

  final Outcome attempt(User state) {
    return store.users().commit(Users.commit(state));
  }

  final List<RecordedEvent> history(UserKey user) {
    return store.log().history(user, Optional.empty(), 1_000);
  }
}
