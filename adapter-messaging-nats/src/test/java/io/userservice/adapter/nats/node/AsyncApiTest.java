package io.userservice.adapter.nats.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driving.EventType;
import io.userservice.application.published.PublishedLanguage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document, read by AsyncAPI's own parser, as it is served: with the schemas below it. */
class AsyncApiTest {
  @TempDir Path served;

  @Test
  void the_document_has_no_error_and_no_warning_and_mistakes_would_be_found() throws Exception {
    var documents = new LinkedHashMap<String, String>();
    documents.put("right", PublishedLanguage.asyncApi());
    documents.put("action", broken("action: send", "action: shout"));
    documents.put("schema", broken("schemas/user.created.json", "schemas/user.creation.json"));
    documents.put("channel", broken("'#/channels/userDeleted'", "'#/channels/nowhere'"));
    documents.put("version", broken("asyncapi: 3.0.0", "asyncapi: 1.0.0"));

    var said = parsed(documents);

    assertThat(said).first().isEqualTo("right: 0 found, 3 operations");
    assertThat(said)
        .filteredOn(line -> line.contains(" found, "))
        .hasSize(documents.size())
        .filteredOn(line -> line.contains(": 0 found"))
        .hasSize(1);
  }

  private static String broken(String right, String wrong) {
    var broken = PublishedLanguage.asyncApi().replace(right, wrong);
    assertThat(broken).isNotEqualTo(PublishedLanguage.asyncApi());
    return broken;
  }

  private List<String> parsed(Map<String, String> documents)
      throws IOException, InterruptedException {
    var project = NodeProject.with("@asyncapi/parser", "asyncapi-parser.version");
    Files.createDirectories(served.resolve("schemas"));
    for (var type : EventType.values()) {
      var schema = served.resolve("schemas").resolve(type.value() + ".json");
      Files.writeString(schema, PublishedLanguage.schema(type));
    }
    var files = new ArrayList<String>();
    for (var document : documents.entrySet()) {
      files.add(
          Files.writeString(served.resolve(document.getKey()), document.getValue()).toString());
    }
    var output = served.resolve("output");
    var parser = project.start("asyncapi.mjs", output, Map.of(), files.toArray(String[]::new));
    assertThat(parser.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(parser.exitValue()).as(Files.readString(output)).isZero();
    return Files.readString(output).replace(served + "/", "").lines().toList();
  }
}
