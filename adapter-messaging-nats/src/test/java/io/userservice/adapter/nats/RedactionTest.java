package io.userservice.adapter.nats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nats://ana:secret@host:4222               | nats://***@host:4222
          tls://token@host                          | tls://***@host
          nats://ana:se@cret@host                   | nats://***@host
          failed: [nats://a:b@h:1, nats://c:d@i:2]  | failed: [nats://***@h:1, nats://***@i:2]
          nats://host:4222, ana@example.org         | nats://host:4222, ana@example.org
          """)
  void users_passwords_and_tokens_are_taken_out(String text, String redacted) {
    assertThat(Redaction.redacted(text)).isEqualTo(redacted);
  }

  @Test
  void options_show_no_password() {
    assertThat(Broker.optionsFor("nats://ana:secret@host:4222").toString())
        .contains("host:4222")
        .doesNotContain("secret");
  }
}
