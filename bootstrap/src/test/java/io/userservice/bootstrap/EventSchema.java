package io.userservice.bootstrap;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.nats.client.Message;
import io.userservice.application.driving.EventType;
import io.userservice.application.published.PublishedLanguage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What subscribers were promised of each event, held against what came. */
final class EventSchema {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private EventSchema() {}

  /** What is wrong with its payload. */
  static List<String> errors(Message event) {
    var type =
        Stream.of(EventType.values())
            .filter(one -> one.value().equals(event.getSubject()))
            .findFirst()
            .orElseThrow();
    return REGISTRY
        .getSchema(PublishedLanguage.schema(type), InputFormat.JSON)
        .validate(
            new String(event.getData(), StandardCharsets.UTF_8),
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }
}
