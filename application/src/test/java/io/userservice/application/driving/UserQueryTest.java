package io.userservice.application.driving;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.START;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.driving.UserQuery.Filter;
import io.userservice.application.driving.UserQuery.Keyset;
import io.userservice.application.driving.UserQuery.Keyset.AtText;
import io.userservice.application.driving.UserQuery.Keyset.AtTime;
import io.userservice.application.driving.UserQuery.Sort;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UserQueryTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 200})
  void a_page_has_1_to_200_users(int limit) {
    assertThat(query(Sort.NAME, limit, Optional.empty()).limit()).isEqualTo(limit);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 201})
  void and_no_other_number(int limit) {
    assertThatThrownBy(() -> query(Sort.NAME, limit, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not " + limit);
  }

  @Test
  void each_order_has_places_of_its_own_kind() {
    var created = user(ACME, profile("Ana@example.org", "ANA"), START);
    var ana = changed(created, created.profile());
    var id = ana.key().id();

    assertThat(Sort.CREATED_AT.placeOf(ana)).isEqualTo(new AtTime(ana.createdAt(), id));
    assertThat(Sort.CREATED_AT_DESCENDING.placeOf(ana)).isEqualTo(new AtTime(ana.createdAt(), id));
    assertThat(Sort.UPDATED_AT.placeOf(ana)).isEqualTo(new AtTime(ana.updatedAt(), id));
    assertThat(Sort.UPDATED_AT_DESCENDING.placeOf(ana)).isEqualTo(new AtTime(ana.updatedAt(), id));
    assertThat(Sort.EMAIL.placeOf(ana)).isEqualTo(new AtText("ana@example.org", id));
    assertThat(Sort.NAME.placeOf(ana)).isEqualTo(new AtText("ana", id));
  }

  @ParameterizedTest
  @EnumSource(Sort.class)
  void a_walk_goes_on_behind_a_place_of_its_own_order_only(Sort sort) {
    var ana = user(ACME, "ana@example.org");
    var place = sort.placeOf(ana);
    var id = ana.key().id();
    var other = place instanceof AtTime ? new AtText("ana", id) : new AtTime(START, id);

    assertThat(query(sort, 1, Optional.of(place)).after()).contains(place);
    assertThatThrownBy(() -> query(sort, 1, Optional.of(other)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void two_orders_go_down() {
    assertThat(Sort.values())
        .filteredOn(Sort::descending)
        .containsExactly(Sort.CREATED_AT_DESCENDING, Sort.UPDATED_AT_DESCENDING);
  }

  private static UserQuery query(Sort sort, int limit, Optional<Keyset> after) {
    return new UserQuery(Filter.NONE, sort, limit, after);
  }
}
