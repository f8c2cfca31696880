package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyBodyTest {
  private static final Random RANDOM = new Random(1);

  @ParameterizedTest(name = "{0} octets, {1} at a time")
  @CsvSource({
    "0, 1",
    "1, 1",
    "512, 512",
    "513, 512",
    "65536, 8000",
    "65537, 8000",
    "500000, 1",
    "500000, 8000",
    "500000, 500000"
  })
  void what_was_written_is_sent(int length, int atATime) throws IOException {
    var all = octets(length);
    var body = new ReplyBody();
    for (var i = 0; i < length; i += atATime) {
      body.write(all, i, Math.min(atATime, length - i));
    }

    assertThat(body.length()).isEqualTo(length);
    assertThat(sent(body)).isEqualTo(all);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100_000})
  void what_is_there_already_is_sent_as_it_is(int length) throws IOException {
    var all = octets(length);

    assertThat(ReplyBody.of(all).length()).isEqualTo(length);
    assertThat(sent(ReplyBody.of(all))).isEqualTo(all);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100_000})
  void more_may_be_written_behind_it(int length) throws IOException {
    var all = octets(length + 1);
    var body = ReplyBody.of(Arrays.copyOf(all, length));
    body.write(all, length, 1);

    assertThat(sent(body)).isEqualTo(all);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 200, 255})
  void single_octets_may_be_written(int octet) throws IOException {
    var body = new ReplyBody();
    body.write(octet);

    assertThat(sent(body)).containsExactly((byte) octet);
  }

  private static byte[] octets(int length) {
    var octets = new byte[length];
    RANDOM.nextBytes(octets);
    return octets;
  }

  private static byte[] sent(ReplyBody body) throws IOException {
    var out = new ByteArrayOutputStream();
    body.sendTo(out);
    return out.toByteArray();
  }
}
