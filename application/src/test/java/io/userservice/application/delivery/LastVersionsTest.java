package io.userservice.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.domain.user.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** It is a map, but for its room. */
final class LastVersionsTest {
  private static final int CAPACITY = 64;

  private final LastVersions versions = new LastVersions(CAPACITY);

  @Test
  void an_unknown_user_has_none() {
    assertThat(versions.get(user(1, 2))).isEqualTo(LastVersions.NONE);
  }

  @Test
  void the_last_version_counts() {
    versions.put(user(1, 2), 3);
    versions.put(user(1, 2), 4);

    assertThat(versions.get(user(1, 2))).isEqualTo(4);
  }

  /** All of them belong at the last place of the arrays, and go on at the first. */
  @Test
  void users_of_one_hash_are_told_apart() {
    for (var i = 0; i < CAPACITY; i++) {
      versions.put(user(i, i ^ 127), i + 1);
    }

    for (var i = 0; i < CAPACITY; i++) {
      assertThat(versions.get(user(i, i ^ 127))).isEqualTo(i + 1);
    }
    assertThat(versions.get(user(1, 0))).isEqualTo(LastVersions.NONE);
  }

  @Test
  void ids_that_share_a_half_are_told_apart() {
    versions.put(user(1L << 40, 7), 1); // by the hash, the halves of a half may change places
    versions.put(user(1L << 8, 7), 2);
    versions.put(user(7, 1L << 40), 3);
    versions.put(user(7, 1L << 8), 4);

    assertThat(versions.get(user(1L << 40, 7))).isEqualTo(1);
    assertThat(versions.get(user(1L << 8, 7))).isEqualTo(2);
    assertThat(versions.get(user(7, 1L << 40))).isEqualTo(3);
    assertThat(versions.get(user(7, 1L << 8))).isEqualTo(4);
  }

  @Test
  void it_is_full_with_as_many_users_as_it_was_made_for() {
    for (var i = 0; i < CAPACITY; i++) {
      assertThat(versions.isFull()).isFalse();
      versions.put(user(1, i), 1);
      versions.put(user(1, i), 2);
    }

    assertThat(versions.isFull()).isTrue();
  }

  @Test
  void once_cleared_it_is_as_new() {
    for (var i = 0; i < CAPACITY; i++) {
      versions.put(user(1, i), 1);
    }

    versions.clear();

    assertThat(versions.isFull()).isFalse();
    assertThat(versions.get(user(1, 1))).isEqualTo(LastVersions.NONE);
  }

  @Test
  void it_knows_what_a_map_knows() {
    var random = new Random(42);
    for (var round = 0; round < 100; round++) {
      Map<UserId, Long> model = new HashMap<>();
      versions.clear();
      while (!versions.isFull()) {
        var user = user(random.nextInt(20), random.nextInt(20));
        var version = 1L + random.nextInt(9);
        versions.put(user, version);
        model.put(user, version);
      }
      assertThat(model).hasSize(CAPACITY);
      for (var high = 0; high < 20; high++) {
        for (var low = 0; low < 20; low++) {
          var user = user(high, low);
          assertThat(versions.get(user))
              .isEqualTo(model.getOrDefault(user, LastVersions.NONE).longValue());
        }
      }
    }
  }

  private static UserId user(long high, long low) {
    return new UserId(new UUID(high, low));
  }
}
