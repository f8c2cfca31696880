package io.userservice.domain.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** In messages and logs a value is what it stands for, without the name of its class. */
final class ValuesInTextTest {
  private static final UUID ID = UUID.fromString("01a208fe-fa02-77a2-97be-a3a3d7c923cc");

  @Test
  void a_value_is_written_as_itself() {
    assertThat(new EmailAddress("Ana@example.org")).hasToString("Ana@example.org");
    assertThat(new UserName("Ana")).hasToString("Ana");
    assertThat(new TenantId("acme")).hasToString("acme");
    assertThat(new UserId(ID)).hasToString(ID.toString());
    assertThat(new Version(3)).hasToString("3");
  }
}
