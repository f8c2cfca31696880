package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driving.Position;
import io.userservice.application.driving.UserQuery.Deleted;
import io.userservice.application.driving.UserQuery.Filter;
import io.userservice.application.driving.UserQuery.Keyset.AtText;
import io.userservice.application.driving.UserQuery.Keyset.AtTime;
import io.userservice.application.driving.UserQuery.Sort;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CursorCodecTest {
  private static final TenantId ACME = new TenantId("acme");
  private static final UserId ANA = new UserId(UUID.randomUUID());
  private static final UserId BEA = new UserId(UUID.randomUUID());
  private final CursorCodec cursors = new CursorCodec(() -> Api.SECRET);

  @Test
  void a_place_comes_back_exactly() {
    var time = new AtTime(Instant.parse("2026-01-01T00:00:00.123Z"), ANA);
    var text = new AtText("Zoë 👩‍👩‍👧", ANA);

    assertThat(
            cursors.list(
                ACME,
                Filter.NONE,
                Sort.UPDATED_AT,
                cursors.list(ACME, Filter.NONE, Sort.UPDATED_AT, time)))
        .contains(time);
    assertThat(
            cursors.list(
                ACME, Filter.NONE, Sort.NAME, cursors.list(ACME, Filter.NONE, Sort.NAME, text)))
        .contains(text);
    assertThat(cursors.history(ACME, ANA, cursors.history(ACME, ANA, new Version(7))))
        .contains(new Version(7));
    assertThat(cursors.changes(ACME, cursors.changes(ACME, new Position(1L << 40))))
        .contains(new Position(1L << 40));
  }

  @Test
  void no_character_of_a_cursor_can_be_altered() {
    var cursor = cursors.changes(ACME, new Position(42));

    for (var i = 0; i < cursor.length(); i++) {
      for (var c : "A9_-=".toCharArray()) {
        var altered = cursor.substring(0, i) + c + cursor.substring(i + 1);
        assertThat(cursors.changes(ACME, altered).isPresent())
            .as(altered)
            .isEqualTo(altered.equals(cursor));
      }
    }
    assertThat(cursors.changes(ACME, cursor + "A")).isEmpty();
    assertThat(cursors.changes(ACME, cursor + "=")).isEmpty();
    assertThat(cursors.changes(ACME, cursor.substring(1))).isEmpty();
  }

  @Test
  void a_cursor_is_good_where_it_was_made_only() {
    var other = new TenantId("globex");
    var history = cursors.history(ACME, ANA, new Version(7));
    var changes = cursors.changes(ACME, new Position(7));

    assertThat(cursors.history(ACME, BEA, history)).isEmpty();
    assertThat(cursors.history(other, ANA, history)).isEmpty();
    assertThat(cursors.history(ACME, ANA, changes)).isEmpty();
    assertThat(cursors.changes(other, changes)).isEmpty();
    assertThat(cursors.changes(ACME, history)).isEmpty();
    assertThat(
            new CursorCodec("another secret of thirty-two bytes"::getBytes).changes(ACME, changes))
        .isEmpty();
  }

  @Test
  void every_part_of_a_filter_counts() {
    var time = Instant.parse("2026-01-01T00:00:00Z");
    var place = new AtTime(time, ANA);
    var made = cursors.list(ACME, Filter.NONE, Sort.CREATED_AT, place);

    for (var filter :
        Set.of(
            filter(Set.of(ANA), Optional.empty(), Optional.empty(), Optional.empty()),
            filter(Set.of(), Optional.of("a"), Optional.empty(), Optional.empty()),
            filter(Set.of(), Optional.empty(), Optional.of(time), Optional.empty()),
            filter(Set.of(), Optional.empty(), Optional.empty(), Optional.of(time)))) {
      assertThat(cursors.list(ACME, filter, Sort.CREATED_AT, made)).as(filter.toString()).isEmpty();
    }
    assertThat(cursors.list(ACME, Filter.NONE, Sort.CREATED_AT_DESCENDING, made)).isEmpty();
    assertThat(cursors.list(ACME, Filter.NONE, Sort.CREATED_AT, made)).contains(place);
  }

  @Test
  void the_order_of_ids_does_not_count() {
    var place = new AtTime(Instant.EPOCH, ANA);
    var both = filter(Set.of(ANA, BEA), Optional.empty(), Optional.empty(), Optional.empty());
    var made = cursors.list(ACME, both, Sort.CREATED_AT, place);

    var again = filter(Set.of(BEA, ANA), Optional.empty(), Optional.empty(), Optional.empty());

    assertThat(cursors.list(ACME, again, Sort.CREATED_AT, made)).contains(place);
  }

  private static Filter filter(
      Set<UserId> ids,
      Optional<String> prefix,
      Optional<Instant> createdAfter,
      Optional<Instant> updatedSince) {
    return new Filter(Optional.empty(), ids, prefix, createdAfter, updatedSince, Deleted.EXCLUDE);
  }
}
