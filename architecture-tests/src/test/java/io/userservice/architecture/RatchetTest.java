package io.userservice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.architecture.Metrics.Module;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RatchetTest {
  private static final Metrics MEASURED = measured(0.50, 40, 0.30);
  private static final Ratchet LIMITS = Ratchet.of(MEASURED.text(Ratchet.of("").turned(MEASURED)));

  @Test
  void what_is_as_it_was_is_within_the_limits() {
    assertThat(LIMITS.exceededBy(MEASURED)).isEmpty();
    assertThat(LIMITS.missingFor(MEASURED)).isEmpty();
  }

  @Test
  void more_than_the_room_is_too_much() {
    assertThat(LIMITS.exceededBy(measured(0.52, 40, 0.32))).isEmpty();
    assertThat(LIMITS.exceededBy(measured(0.53, 40, 0.33)))
        .containsExactly(
            "distance of shop: 0.53, may be 0.52", "dependency of packages: 0.33, may be 0.32");
  }

  @Test
  void the_sum_has_no_room() {
    assertThat(LIMITS.exceededBy(measured(0.50, 41, 0.30)))
        .containsExactly(
            "dependencies of packages in sum: 41, may be 40; shop depends on 41, was 40");
  }

  @Test
  void a_new_package_is_told_of_after_those_who_reach_further() {
    var more = new Metrics(MEASURED.modules(), Map.of("shop", 41, "shop.till", 1), 0.30);

    assertThat(LIMITS.exceededBy(more))
        .containsExactly(
            "dependencies of packages in sum: 42, may be 40;"
                + " shop depends on 41, was 40; shop.till depends on 1, is new");
  }

  @Test
  void a_module_without_a_limit_is_told_of() {
    assertThat(Ratchet.of("").missingFor(MEASURED))
        .containsExactly(
            "distance of shop", "dependency of packages", "dependencies of packages in sum");
  }

  @Test
  void limits_turn_one_way_only() {
    var better = measured(0.40, 30, 0.20);

    assertThat(LIMITS.turned(better).turned(MEASURED)).isEqualTo(LIMITS.turned(better));
  }

  private static Metrics measured(double distance, int sum, double dependency) {
    return new Metrics(Map.of("shop", new Module(0, 0, distance)), Map.of("shop", sum), dependency);
  }
}
