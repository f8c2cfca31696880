package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.START;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driving.UserQuery;
import io.userservice.application.driving.UserQuery.Filter;
import io.userservice.application.driving.UserQuery.Keyset;
import io.userservice.application.driving.UserQuery.Sort;
import io.userservice.domain.user.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that were made by an earlier folding, or another Unicode, stay until a user is written. */
final class StoredKeysTest {
  private static final List<String> NAMES = List.of("yasar", "yıldız", "yilmaz", "yuksel", "zeki");

  private final PostgresFixture store = new PostgresFixture();

  @ParameterizedTest
  @EnumSource(names = {"NAME", "EMAIL"})
  void a_walk_sees_each_user_once_though_one_of_them_has_a_key_of_old(Sort sort) {
    for (var name : NAMES) {
      store.users().commit(commit(user(ACME, profile(name + "@example.org", name), START)));
    }
    PostgresFixture.execute(
        """
        update users set name_key = 'yildiz', email_key = 'yildiz@example.org'
        where name = 'yıldız'
        """);

    assertThat(walk(sort)).containsExactlyElementsOf(NAMES);
  }

  private List<String> walk(Sort sort) {
    var seen = new ArrayList<String>();
    var after = Optional.<Keyset>empty();
    do {
      var page = store.directory().list(ACME, new UserQuery(Filter.NONE, sort, 2, after));
      page.items().stream()
          .map(user -> user.profile().name())
          .map(UserName::value)
          .forEach(seen::add);
      after = page.next();
    } while (after.isPresent() && seen.size() <= NAMES.size());
    return seen;
  }
}
