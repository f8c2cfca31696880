package io.userservice.adapter.nats;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.deleted;
import static io.userservice.application.testkit.Users.event;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.nats.client.impl.Headers;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driving.EventType;
import io.userservice.application.published.PublishedLanguage;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import io.userservice.domain.user.TenantId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers that are sent, held against those that the AsyncAPI document describes. */
class DescribedHeadersTest {
  private static final String DOCUMENT = "https://user-service.invalid/asyncapi.yaml";
  private static final EventHeaders HEADERS =
      new EventHeaders("/user-service", "https://users.example.org/");

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder -> builder.schemas(Map.of(DOCUMENT, PublishedLanguage.asyncApi())));

  private final Schema described =
      REGISTRY.getSchema(SchemaLocation.of(DOCUMENT + "#/components/schemas/headers"));

  @Test
  void what_is_sent_is_as_described() {
    var ana = user(ACME, "ana@example.org");
    var anna = changed(ana, profile("ana@example.org", "Anna"));
    var odd = user(new TenantId("a\"b%c:d"), "b@example.org");

    assertThat(List.of(event(ana), event(anna), event(deleted(anna)), event(odd)))
        .allSatisfy(event -> assertThat(errors(HEADERS.of(Publication.of(event)))).isEmpty());
  }

  @Test
  void a_place_in_the_stream_is_as_described() {
    for (var end : new long[] {0, 1, Long.MAX_VALUE}) {
      var placing = new Placing(OptionalLong.of(end));
      var event = Publication.of(event(user(ACME, "ana@example.org")));

      assertThat(errors(placing.place(HEADERS.of(event)))).isEmpty();
    }
  }

  @Test
  void what_is_sent_is_described() {
    var headers =
        new Placing(OptionalLong.of(41))
            .place(HEADERS.of(Publication.of(event(user(ACME, "ana@example.org")))));

    assertThat(headers.keySet())
        .allSatisfy(
            name ->
                assertThat(PublishedLanguage.asyncApi())
                    .containsOnlyOnce("\n        " + name + ":\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Nats-Msg-Id",
        "Nats-Expected-Stream",
        "Content-Type",
        "ce-specversion",
        "ce-id",
        "ce-source",
        "ce-type",
        "ce-subject",
        "ce-time",
        "ce-dataschema",
        "ce-tenantid",
        "ce-sequence"
      })
  void a_header_that_is_missing_or_wrong_is_found(String name) {
    var headers = HEADERS.of(Publication.of(event(user(ACME, "ana@example.org"))));
    headers.put(name, "");
    assertThat(errors(headers)).isNotEmpty();

    headers.remove(name);
    assertThat(errors(headers)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void the_examples_are_as_described(EventType type) throws IOException {
    var messages =
        new YAMLMapper().readTree(PublishedLanguage.asyncApi()).at("/components/messages");
    var payloads = REGISTRY.getSchema(PublishedLanguage.schema(type), InputFormat.JSON);
    var examples =
        messages
            .valueStream()
            .filter(message -> message.path("name").asText().equals(type.value()))
            .flatMap(message -> message.path("examples").valueStream())
            .toList();

    assertThat(examples).isNotEmpty();
    for (var example : examples) {
      assertThat(errors(payloads, example.path("payload").toString())).isEmpty();
      if (example.has("headers")) {
        assertThat(errors(described, example.path("headers").toString())).isEmpty();
      }
    }
  }

  private List<String> errors(Headers headers) {
    Map<String, JsonValue> members =
        headers.keySet().stream()
            .collect(toMap(name -> name, name -> new JsonString(headers.getFirst(name))));
    return errors(described, new JsonObject(members).text().value());
  }

  private static List<String> errors(Schema schema, String json) {
    return schema
        .validate(
            json,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }
}
