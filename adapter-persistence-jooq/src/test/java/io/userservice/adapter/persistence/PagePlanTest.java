package io.userservice.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.userservice.application.driving.UserQuery;
import io.userservice.application.driving.UserQuery.Deleted;
import io.userservice.application.driving.UserQuery.Filter;
import io.userservice.application.driving.UserQuery.Keyset;
import io.userservice.application.driving.UserQuery.Keyset.AtText;
import io.userservice.application.driving.UserQuery.Keyset.AtTime;
import io.userservice.application.driving.UserQuery.Sort;
import io.userservice.domain.user.EmailAddress;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a page costs among 100,000 users of a tenant, in blocks of 8 KiB that PostgreSQL touches: a
 * measure that doesn't depend on the machine. The whole table has some 2,500 of them.
 */
final class PagePlanTest {
  private static final int USERS = 100_000;

  private static final int PAGE = 50;

  /** The driver has PostgreSQL keep a plan from the fifth time on, PostgreSQL from the tenth. */
  private static final int OFTEN_ENOUGH = 20;

  private static final TenantId BIG = new TenantId("big");
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  /** A page of fifty takes a row, and with it at most a block or two, for each. */
  private static final int FEW = 200;

  /**
   * Where one user in a hundred matches and the order isn't the filter's own: either the thousand
   * matches are gathered and sorted, or 5,000 users are walked over, a block for each at worst.
   */
  private static final int GATHERED = 6_000;

  @BeforeAll
  static void fill() {
    new PostgresFixture();
    PostgresFixture.execute(
        """
        insert into users (tenant_id, id, email, email_key, name, name_key, attributes, version,
                           created_at, updated_at, deleted_at)
        select case when n %% 10 = 0 then 'small' else 'big' end,
               ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
               'user' || mail || '@example.org', 'user' || mail || '@example.org',
               'Ana ' || mail, 'ana ' || mail, '{}', 1,
               at, at + (n::bigint * 104729 %% 1000000) * interval '1 second',
               case when n %% 50 = 7 then at + interval '1 day' end
        from (select n, lpad((n * 7919 %% 1000003)::text, 7, '0') as mail,
                     timestamptz '2026-01-01' + n * interval '1 second' as at
              from generate_series(1, %d) as n) as made
        """
            .formatted(USERS * 10 / 9),
        "alter table users set (autovacuum_enabled = off)", // which reads blocks too
        "vacuum analyze users");
  }

  @AfterAll
  static void empty() {
    PostgresFixture.execute("alter table users reset (autovacuum_enabled)");
    new PostgresFixture();
  }

  static Stream<Sort> orders() {
    return Stream.of(Sort.values());
  }

  @ParameterizedTest
  @MethodSource("orders")
  void a_page_far_down_costs_what_the_first_does(Sort sort) {
    assertThat(blocks(Filter.NONE, sort, Optional.empty())).isLessThan(FEW);
    assertThat(blocks(Filter.NONE, sort, Optional.of(middle(sort)))).isLessThan(FEW);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void deleted_users_are_found_by_an_index(Sort sort) {
    var included = with(Optional.empty(), Set.of(), Optional.empty(), Deleted.INCLUDE);
    var only = with(Optional.empty(), Set.of(), Optional.empty(), Deleted.ONLY);

    assertThat(blocks(included, sort, Optional.of(middle(sort)))).isLessThan(FEW);
    assertThat(blocks(only, sort, Optional.of(middle(sort)))).isLessThan(FEW);
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> selective() {
    var one = new UserId(UUID.fromString("00000000-0000-7000-8000-00000000c001"));
    var email = Optional.of(new EmailAddress("USER0007919@example.org"));
    var none = Optional.<Instant>empty();
    var late = Optional.of(FIRST.plusSeconds(USERS - 100));
    return Stream.of(Sort.values())
        .flatMap(
            sort ->
                Stream.of(
                    arguments(
                        "email",
                        with(email, Set.of(), Optional.empty(), Deleted.EXCLUDE),
                        sort,
                        FEW),
                    arguments(
                        "id",
                        with(Optional.empty(), Set.of(one), Optional.empty(), Deleted.EXCLUDE),
                        sort,
                        FEW),
                    arguments(
                        "q of one",
                        with(
                            Optional.empty(),
                            Set.of(),
                            Optional.of("USER0007919"),
                            Deleted.EXCLUDE),
                        sort,
                        FEW),
                    arguments(
                        "q of a thousand",
                        with(Optional.empty(), Set.of(), Optional.of("ana 000"), Deleted.EXCLUDE),
                        sort,
                        GATHERED),
                    arguments(
                        "q of all",
                        with(Optional.empty(), Set.of(), Optional.of("ana"), Deleted.EXCLUDE),
                        sort,
                        FEW),
                    arguments("createdAfter", times(late, none), sort, GATHERED),
                    arguments("updatedSince", times(none, late), sort, GATHERED)));
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("selective")
  void a_filter_is_found_by_an_index(String name, Filter filter, Sort sort, int most) {
    assertThat(blocks(filter, sort, Optional.empty())).as(name).isLessThan(most);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void a_piece_of_an_index_is_planned_once_for_all_pages(Sort sort) throws SQLException {
    try (var connection = PostgresFixture.freshConnection()) {
      var place = Optional.of(middle(sort));
      for (var limit = 1; limit <= PAGE; limit++) {
        ask(connection, new UserQuery(Filter.NONE, sort, limit, place));
      }

      Plans.assertKept(connection, beginning(new UserQuery(Filter.NONE, sort, PAGE, place)));
    }
  }

  /** A plan for what nearly all have walks over all users in search of what nobody has. */
  @ParameterizedTest
  @MethodSource("orders")
  void a_filter_is_planned_for_its_values(Sort sort) throws SQLException {
    try (var connection = PostgresFixture.freshConnection()) {
      for (var i = 0; i < OFTEN_ENOUGH; i++) {
        ask(connection, first(beginsWith("ana"), sort));
      }
      var before = Reads.rows(connection);

      ask(connection, first(beginsWith("nobody"), sort));

      assertThat(Reads.rows(connection) - before).as("rows read").isLessThan(FEW);
    }
  }

  private static Filter beginsWith(String prefix) {
    return with(Optional.empty(), Set.of(), Optional.of(prefix), Deleted.EXCLUDE);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void who_has_an_address_is_planned_once_and_looked_up_alone(Sort sort) throws SQLException {
    var address = Optional.of(new EmailAddress("user0007919@example.org"));
    var page = first(with(address, Set.of(), Optional.empty(), Deleted.EXCLUDE), sort);
    try (var connection = PostgresFixture.freshConnection()) {
      for (var i = 0; i < OFTEN_ENOUGH; i++) {
        ask(connection, page);
      }
      var before = Reads.rows(connection);

      ask(connection, page);

      assertThat(Reads.rows(connection) - before).as("rows read").isEqualTo(1);
      Plans.assertKept(connection, beginning(page));
    }
  }

  private static UserQuery first(Filter filter, Sort sort) {
    return new UserQuery(filter, sort, PAGE, Optional.empty());
  }

  private static void ask(Connection connection, UserQuery query) throws SQLException {
    new JooqUserDirectory(DSL.using(SQLDialect.POSTGRES), PostgresFixture.dataSource())
        .list(connection, BIG, query);
  }

  private static String beginning(UserQuery query) {
    var text = PageQuestion.of(BIG, query).shape().text(DSL.using(SQLDialect.POSTGRES));
    return text.substring(0, text.indexOf('?'));
  }

  private static Filter with(
      Optional<EmailAddress> email, Set<UserId> ids, Optional<String> prefix, Deleted deleted) {
    return new Filter(email, ids, prefix, Optional.empty(), Optional.empty(), deleted);
  }

  private static Filter times(Optional<Instant> createdAfter, Optional<Instant> updatedSince) {
    return new Filter(
        Optional.empty(), Set.of(), Optional.empty(), createdAfter, updatedSince, Deleted.EXCLUDE);
  }

  private static Keyset middle(Sort sort) {
    var id = new UserId(UUID.fromString("00000000-0000-7000-8000-000000000000"));
    return switch (sort) {
      case CREATED_AT, CREATED_AT_DESCENDING -> new AtTime(FIRST.plusSeconds(USERS / 2), id);
      case UPDATED_AT, UPDATED_AT_DESCENDING -> new AtTime(FIRST.plusSeconds(500_000), id);
      case EMAIL -> new AtText("user0500000@example.org", id);
      case NAME -> new AtText("ana 0500000", id);
    };
  }

  /** Of the very statement, with the plan that it has: explained it would get another. */
  private static long blocks(Filter filter, Sort sort, Optional<Keyset> after) {
    try (var connection = PostgresFixture.freshConnection()) {
      var blocks = Reads.pages(connection);
      var scans = Reads.wholeScans(connection);
      ask(connection, new UserQuery(filter, sort, PAGE, after));
      assertThat(Reads.wholeScans(connection)).as("scans of the whole table").isEqualTo(scans);
      return Reads.pages(connection) - blocks;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
