package io.userservice.adapter.nats.subscriber;

import static io.userservice.adapter.nats.subscriber.Histories.created;
import static io.userservice.adapter.nats.subscriber.Histories.deleted;
import static io.userservice.adapter.nats.subscriber.Histories.renamed;
import static io.userservice.adapter.nats.subscriber.Histories.someone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/subscribing.md shows is what is tried here. */
class DocumentedExampleTest {
  private static final Path SOURCE =
      Path.of("src/test/java/io/userservice/adapter/nats/subscriber/DocumentedExample.java");

  @TempDir Path store;

  @Test
  void the_example_in_java_works() throws Exception {
    var example = new DocumentedExample();
    var until = new CountDownLatch(1);
    var user = someone("acme");
    try (var stage = new Stage(store);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      stage.publish(List.of(created(user), renamed(user, 2), deleted(user, 3)));

      var running =
          threads.submit(
              () -> {
                example.run(stage.server().url(), until);
                return true;
              });
      await().until(() -> example.done().size() == 3);
      until.countDown();

      assertThat(running.get()).isTrue();
    }
    assertThat(example.done())
        .containsExactly(
            "open " + user.id() + " ana@example.org",
            "change " + user.id() + " [NameChanged[from=A1, to=A2]]",
            "close " + user.id());
  }

  @Test
  void the_examples_in_the_document_are_those_that_are_tried() throws IOException {
    var page = Files.readString(Path.of("../docs/subscribing.md"));

    assertThat(plain(block(page, "java")).split(";"))
        .allSatisfy(statement -> assertThat(plain(Files.readString(SOURCE))).contains(statement));
    assertThat(block(page, "js").strip())
        .isEqualTo(
            resource("../node/consumer.mjs").lines().skip(1).collect(Collectors.joining("\n")));
  }

  /** Without what the formatter decides, and with the address of the test's server. */
  private static String plain(String code) {
    return code.replaceAll("\\s+", "").replace("\"nats://localhost:4222\"", "address");
  }

  private static String block(String page, String language) {
    var begin = page.indexOf("```" + language + "\n") + language.length() + 4;
    return page.substring(begin, page.indexOf("```", begin));
  }

  private static String resource(String name) throws IOException {
    try (var in = DocumentedExampleTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
