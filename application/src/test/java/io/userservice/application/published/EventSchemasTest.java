package io.userservice.application.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.RecordedPayloads;
import io.userservice.application.driving.EventType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is recorded, held against what is promised. */
final class EventSchemasTest {
  private static final String ID = "01a208fe-fa02-77a2-97be-a3a3d7c923cc";

  @Test
  void every_payload_that_is_recorded_is_valid_and_has_nothing_that_isnt_named() {
    var events = RecordedPayloads.all();

    assertThat(events).extracting(event -> event.type()).contains(EventType.values());
    assertThat(events)
        .allSatisfy(
            event -> {
              var schema = PayloadSchema.of(event.type());
              assertThat(schema.errors(event.payload().value())).isEmpty();
              assertThat(schema.closed().errors(event.payload().value())).isEmpty();
            });
  }

  @ParameterizedTest
  @EnumSource
  void the_examples_are_valid(EventType type) {
    var schema = PayloadSchema.of(type);
    var examples = schema.document().path("examples");

    assertThat(examples).isNotEmpty();
    assertThat(examples)
        .allSatisfy(example -> assertThat(schema.closed().errors(example.toString())).isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void the_schema_is_a_schema(EventType type) {
    var meta = PayloadSchema.schemaOfSchemas();

    assertThat(meta.errors(PayloadSchema.of(type).document().toString())).isEmpty();
    assertThat(meta.errors("{\"type\":\"text\"}")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          user.created | {"email":"a@b","tenantId":"acme","timestamp":1}
          user.created | {"userId":ID,"tenantId":"acme","timestamp":1}
          user.created | {"userId":ID,"email":"a@b","timestamp":1}
          user.created | {"userId":ID,"email":"a@b","tenantId":"acme"}
          user.created | {"userId":"7","email":"a@b","tenantId":"acme","timestamp":1}
          user.created | {"userId":ID,"email":null,"tenantId":"acme","timestamp":1}
          user.created | {"userId":ID,"email":"","tenantId":"acme","timestamp":1}
          user.created | {"userId":ID,"email":"a@b","tenantId":"a b","timestamp":1}
          user.created | {"userId":ID,"email":"a@b","tenantId":"","timestamp":1}
          user.created | {"userId":ID,"email":"a@b","tenantId":"acme","timestamp":"1"}
          user.created | {"userId":ID,"email":"a@b","tenantId":"acme","timestamp":1.5}
          user.created | {"userId":ID,"email":"a@b","tenantId":"acme","timestamp":-1}
          user.created | []
          user.updated | {"userId":ID,"tenantId":"acme","timestamp":1}
          user.updated | {"userId":ID,"changes":{},"tenantId":"acme","timestamp":1}
          user.updated | {"userId":ID,"changes":[],"tenantId":"acme","timestamp":1}
          user.updated | {"userId":ID,"changes":{"name":{"from":"A"}},"tenantId":"acme","timestamp":1}
          user.updated | {"userId":ID,"changes":{"name":{"from":"A","to":null}},"tenantId":"acme","timestamp":1}
          user.updated | {"userId":ID,"changes":{"email":{"from":1,"to":"b"}},"tenantId":"acme","timestamp":1}
          user.updated | {"userId":ID,"changes":{"attributes.a":{"to":1}},"tenantId":"acme","timestamp":1}
          user.updated | {"userId":ID,"changes":{"deletedAt":{"from":null,"to":1}},"tenantId":"acme","timestamp":1}
          user.updated | {"userId":ID,"changes":{"deletedAt":{"from":1,"to":2}},"tenantId":"acme","timestamp":1}
          user.updated | {"userId":ID,"changes":{"other":7},"tenantId":"acme","timestamp":1}
          user.deleted | {"tenantId":"acme","timestamp":1}
          user.deleted | {"userId":ID,"timestamp":1}
          user.deleted | {"userId":ID,"tenantId":"acme"}
          """)
  void a_wrong_payload_is_refused(String type, String payload) {
    var schema = PayloadSchema.of(EventType.of(type).orElseThrow());

    assertThat(schema.errors(payload.replace("ID", "\"" + ID + "\""))).isNotEmpty();
  }

  @Test
  void members_and_fields_of_later_releases_are_valid() {
    var later =
        """
        {"userId":"%s","changes":{"phone":{"from":null,"to":"1"}},"tenantId":"acme","timestamp":1,"by":"ana"}
        """
            .formatted(ID);

    assertThat(PayloadSchema.of(EventType.UPDATED).errors(later)).isEmpty();
    assertThat(PayloadSchema.of(EventType.UPDATED).closed().errors(later)).hasSize(2);
  }

  @Test
  void the_document_refers_to_the_schemas_by_where_they_are() {
    var document = PublishedLanguage.asyncApi();

    assertThat(List.of(EventType.values()))
        .allSatisfy(
            type ->
                assertThat(document)
                    .containsOnlyOnce("$ref: ./schemas/" + type.value() + ".json")
                    .containsOnlyOnce("address: " + type.value()));
  }
}
