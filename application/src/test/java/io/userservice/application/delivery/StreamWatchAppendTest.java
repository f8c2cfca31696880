package io.userservice.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.EventPublisher.Acknowledged;
import io.userservice.application.driven.EventPublisher.Outcome;
import io.userservice.application.driven.EventPublisher.Overtaken;
import io.userservice.application.driven.EventPublisher.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the watch appends, and what it makes of the stream's answers. */
@Execution(ExecutionMode.CONCURRENT)
final class StreamWatchAppendTest {
  private final WatchStage stage = new WatchStage();

  @Test
  void what_is_appended_is_behind_what_was_compared_and_behind_the_last_that_was_appended() {
    stage.delivered(3);
    var session = stage.session();

    assertThat(stage.append(session, 2)).containsExactly(taken(4), taken(5));
    assertThat(stage.append(session, 1)).containsExactly(taken(6));
  }

  @Test
  void what_was_overtaken_asks_for_another_comparison() {
    var session = stage.session();
    stage.send(stage.committed(1));

    assertThat(stage.append(session, 1)).containsExactly(new Overtaken());
    stage.session();

    assertThat(stage.looks()).isEqualTo(2);
    assertThat(stage.append(session, 1)).containsExactly(taken(2));
  }

  @Test
  void what_others_send_while_it_looks_for_something_overtakes_nothing() {
    stage.delivered(3);
    stage.send(WatchStage.committedElsewhere(1));
    stage.committed(1);
    stage.whileFinding.set(() -> stage.send(WatchStage.committedElsewhere(2)));

    var session = stage.session();

    assertThat(stage.append(session, 1)).containsExactly(taken(7));
  }

  @Test
  void behind_an_unknown_outcome_nothing_is_taken_for_acknowledged() {
    var session = stage.session();
    stage.afterSending.set(outcomes -> outcomes.set(1, new Unknown("no answer")));

    var outcomes = stage.append(session, 3);

    assertThat(outcomes.getFirst()).isEqualTo(taken(1));
    assertThat(outcomes.get(2)).isEqualTo(new Overtaken());
    stage.session();
    assertThat(stage.asked).as("where it is looked for").containsExactly(2L);
  }

  @Test
  void what_follows_an_unknown_outcome_that_is_not_stored_is_taken_for_acknowledged() {
    var session = stage.session();
    stage.stream.away(true);
    assertThat(stage.append(session, 1)).hasExactlyElementsOfTypes(Unknown.class);
    stage.stream.away(false);

    assertThat(stage.append(stage.session(), 1)).containsExactly(taken(1));
  }

  private static Outcome taken(long sequence) {
    return new Acknowledged(sequence, false);
  }
}
