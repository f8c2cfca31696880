package io.userservice.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.Identifiers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The promises of {@link Identifiers}, one test each. */
public abstract class IdentifiersContract {

  /** The adapter under test. */
  protected abstract Identifiers identifiers();

  @Test
  void identities_are_uuids_of_version_seven() {
    var identifiers = identifiers();

    for (var id :
        new UUID[] {identifiers.nextUserId().value(), identifiers.nextEventId().value()}) {
      assertThat(id.version()).isEqualTo(7);
      assertThat(id.variant()).isEqualTo(2);
    }
  }

  @Test
  void identities_grow_within_the_process() {
    var identifiers = identifiers();
    var ids = new ArrayList<String>();
    for (var i = 0; i < 10_000; i++) {
      ids.add(identifiers.nextEventId().toString());
    }

    assertThat(ids).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void identities_are_never_the_same_twice_whoever_asks() throws Exception {
    var identifiers = identifiers();

    var all =
        Collision.of(
            8,
            i ->
                () -> {
                  var ids = new HashSet<UUID>();
                  for (var n = 0; n < 2_000; n++) {
                    ids.add(identifiers.nextUserId().value());
                  }
                  return ids;
                });

    var union = new HashSet<UUID>();
    all.forEach(union::addAll);
    assertThat(union).hasSize(16_000);
  }
}
