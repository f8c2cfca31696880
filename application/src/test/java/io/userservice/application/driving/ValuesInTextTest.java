package io.userservice.application.driving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** In messages and logs a value looks as it does on the wire. */
final class ValuesInTextTest {

  @Test
  void values_are_written_as_they_are() {
    var uuid = UUID.fromString("01a208fe-fa02-77a2-97be-a3a3d7c923cc");

    assertThat(new EventId(uuid)).hasToString(uuid.toString());
    assertThat(new Actor("ana")).hasToString("ana");
    assertThat(new TraceParent("00-1-2-01")).hasToString("00-1-2-01");
  }
}
