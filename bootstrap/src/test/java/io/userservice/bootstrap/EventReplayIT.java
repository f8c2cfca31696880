package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Past events once more, by the shipped command, beside a service at work. */
@Execution(ExecutionMode.CONCURRENT)
final class EventReplayIT {
  private static final Pattern HOW_TO_GO_ON =
      Pattern.compile("1 events replayed so far; --after (\\d+) goes on from there");

  @TempDir private Path folder;
  private TestServers servers;

  @BeforeEach
  void startServers() throws IOException {
    servers = TestServers.ofOurOwn(folder);
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  @Test
  void a_replay_is_told_by_its_header_and_goes_on_where_another_one_ended() throws Exception {
    try (var service = ServiceProcess.start(servers.environment());
        var api = new Api(service.port(), "acme");
        var subscriber = new Subscriber(servers.nats().url(), "replays", "acme")) {
      api.create("ana@example.org");
      var first = subscriber.next();
      api.create("bob@example.org");
      var second = subscriber.next();
      leaveRoomFor(3);

      var ended = lines(69, "events", "replay", "--tenant", "acme");

      assertThat(ended).anyMatch(line -> line.endsWith("; 1 events went before"));
      assertIsReplayOf(first, subscriber.next());
      leaveRoomFor(4);
      assertThat(lines(0, "events", "replay", "--tenant", "acme", "--after", place(ended)))
          .contains("1 events replayed");
      assertIsReplayOf(second, subscriber.next());
      assertThat(subscriber.isAtEnd()).isTrue();
    }
  }

  private static String place(List<String> lines) {
    var told = HOW_TO_GO_ON.matcher(String.join("\n", lines));
    assertThat(told.find()).as(lines.toString()).isTrue();
    return told.group(1);
  }

  private static void assertIsReplayOf(Message first, Message again) {
    assertThat(again.getData()).isEqualTo(first.getData());
    assertThat(again.getHeaders().getFirst("ce-id"))
        .isEqualTo(first.getHeaders().getFirst("ce-id"));
    assertThat(again.getHeaders().getFirst("Nats-Msg-Id"))
        .isNotEqualTo(first.getHeaders().getFirst("Nats-Msg-Id"));
    assertThat(again.getHeaders().getFirst("Replayed")).isEqualTo("true");
    assertThat(first.getHeaders().containsKey("Replayed")).isFalse();
  }

  private void leaveRoomFor(long messages) throws Exception {
    var connection = Nats.connect(servers.nats().url());
    try {
      var management = connection.jetStreamManagement();
      var now = management.getStreamInfo("USER_EVENTS").getConfiguration();
      management.updateStream(
          StreamConfiguration.builder(now)
              .maxMessages(messages)
              .discardPolicy(DiscardPolicy.New)
              .build());
    } finally {
      connection.close();
    }
  }

  @Test
  void nothing_to_replay_and_nothing_to_replay_into_are_told() throws Exception {
    lines(0, "migrate");
    var replay =
        new String[] {"events", "replay", "--user", "00000000-0000-7000-8000-000000000000"};

    assertThat(lines(69, replay))
        .containsExactly("There is no stream USER_EVENTS; the service creates it.");
    assertThat(lines(0, "stream", "info")).anyMatch(line -> line.startsWith("There is no stream"));
    ForgetfulStream.create(servers.nats().url());
    assertThat(lines(65, replay)).containsExactly("0 events replayed");
    servers.nats().stop();
    assertThat(lines(69, replay)).singleElement().asString().startsWith("NATS can't be asked: ");
  }

  private List<String> lines(int status, String... arguments) throws Exception {
    try (var command = ServiceProcess.start(servers.environment("LOG_LEVEL", "error"), arguments)) {
      assertThat(command.exitStatus()).as(command.lines().toString()).isEqualTo(status);
      return command.lines();
    }
  }
}
