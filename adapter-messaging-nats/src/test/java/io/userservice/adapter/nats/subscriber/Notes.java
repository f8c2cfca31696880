package io.userservice.adapter.nats.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.user.UserKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Writes down what was handled, and compares it with what was published. */
final class Notes implements EventHandler {
  private final List<String> ids = new CopyOnWriteArrayList<>();
  private final List<ReceivedEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void on(ReceivedEvent event) {
    ids.add(event.envelope().id().toString());
    events.add(event);
  }

  int size() {
    return events.size();
  }

  List<ReceivedEvent> events() {
    return List.copyOf(events);
  }

  List<String> ids() {
    return List.copyOf(ids);
  }

  static List<String> ids(List<RecordedEvent> published) {
    return published.stream().map(event -> event.id().toString()).toList();
  }

  /** The versions of each user, in the order in which they were handled. */
  Map<UserKey, List<Long>> versions() {
    return events.stream()
        .collect(
            Collectors.groupingBy(
                ReceivedEvent::user,
                Collectors.mapping(event -> event.version().value(), Collectors.toList())));
  }

  /** All versions of so many users were handled, each user's in order. */
  void assertInOrder(int users, int versions) {
    var all = LongStream.rangeClosed(1, versions).boxed().toList();
    assertThat(versions().values())
        .hasSize(users)
        .allSatisfy(seen -> assertThat(seen).isEqualTo(all));
  }
}
