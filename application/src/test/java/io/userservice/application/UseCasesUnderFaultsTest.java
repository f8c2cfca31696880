package io.userservice.application;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.caller;
import static io.userservice.application.testkit.Users.profile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.driving.Caller;
import io.userservice.application.driving.EventType;
import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.application.driving.ManageUsers;
import io.userservice.application.driving.ManageUsers.Created;
import io.userservice.application.driving.ManageUsers.Precondition;
import io.userservice.application.driving.ManageUsers.Replayed;
import io.userservice.application.driving.OperateEvents;
import io.userservice.application.driving.OperateEvents.OfUser;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.driving.UserQuery;
import io.userservice.application.driving.UserQuery.Filter;
import io.userservice.application.driving.UserQuery.Sort;
import io.userservice.application.testkit.FaultPlan;
import io.userservice.application.testkit.FaultPlan.Fault;
import io.userservice.application.testkit.FaultyPersistence;
import io.userservice.application.testkit.FaultyPublisher;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.InMemoryStream;
import io.userservice.application.testkit.RecordingObserver;
import io.userservice.application.testkit.SequentialIds;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.UserName;
import io.userservice.domain.user.UserPatch;
import io.userservice.domain.user.UserPatch.AttributesEdit;
import io.userservice.domain.user.UserPatch.Edit;
import io.userservice.domain.user.Version;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A user's life by a client that asks again when it isn't told how its request ended, with each
 * call of a port going wrong in each way: the life comes out the same, and each of its events once.
 */
@Execution(ExecutionMode.CONCURRENT)
final class UseCasesUnderFaultsTest {
  private static final Caller ANA = caller(ACME);
  private static final Precondition ANY = new Precondition.AnyVersion();
  private static final int MOST_CALLS = 30;
  private static final int CALLS_OF_A_REPLAY = 6;

  private final FaultPlan plan = new FaultPlan();
  private final FaultyPersistence persistence =
      new FaultyPersistence(new InMemoryPersistenceFixture(), plan);
  private final InMemoryStream stream = new InMemoryStream();
  private final UserApplication application =
      new UserApplication(
          new UserApplication.Ports(
              persistence.users(),
              persistence.directory(),
              persistence.log(),
              persistence.outbox(),
              persistence.recent(),
              persistence.lease(),
              persistence.signal(),
              persistence.ledger(),
              new FaultyPublisher(stream, plan),
              new RecordingObserver(),
              new SequentialIds(),
              InstantSource.system(),
              () -> 0));
  private final ManageUsers manage = application.manageUsers();
  private final OperateEvents operator = application.operateEvents();

  static Stream<Arguments> faults() {
    return faults(MOST_CALLS);
  }

  static Stream<Arguments> faultsOfAReplay() {
    return faults(CALLS_OF_A_REPLAY);
  }

  private static Stream<Arguments> faults(int calls) {
    return Stream.of(
            new Fault.Failure(),
            new Fault.TimeoutAfterSuccess(),
            new Fault.Delay(Duration.ofMillis(20)),
            new Fault.Duplicate())
        .flatMap(
            fault -> IntStream.rangeClosed(1, calls).mapToObj(call -> Arguments.of(fault, call)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void a_life_comes_out_the_same_whatever_goes_wrong(Fault fault, int call) {
    plan.with(call, fault);

    var id = live();
    while (plan.calls() < call) {
      again(() -> application.readUsers().get(ANA, id)); // so that the fault surely happens
    }

    assertLived(id);
  }

  @Test
  void a_life_comes_out_the_same_when_every_third_answer_is_lost() {
    for (var call = 3; call < 300; call += 3) {
      plan.with(call, new Fault.TimeoutAfterSuccess());
    }

    assertLived(live());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void what_was_refused_goes_when_it_is_retried_whatever_goes_wrong(Fault fault, int call) {
    plan.with(call, fault);
    stream.refusesMoreThan(10);

    var relay = application.relay(Hexagon.QUICK);
    relay.start();
    create();
    awaitThat(() -> !again(() -> operator.quarantined(10)).isEmpty());
    var refused = again(() -> operator.quarantined(10)).getFirst().event();
    stream.refusesNothing();
    again(() -> operator.retry(List.of(refused.id())));
    awaitThat(() -> persistence.inner().outbox().next(10).isEmpty());
    relay.close();

    assertThat(stream.events()).containsExactly(refused);
    assertThat(again(() -> operator.drop(List.of(refused.id())))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("faultsOfAReplay")
  void a_replay_has_each_event_in_order_whatever_goes_wrong(Fault fault, int call) {
    var id = live();
    var faulty = plan.calls() + call;
    plan.with(faulty, fault);

    assertThat(again(() -> operator.replay(new OfUser(id), 0, _ -> {}))).isEqualTo(4);
    assertThat(plan.calls()).as("calls, or nothing went wrong").isGreaterThanOrEqualTo(faulty);

    var replays = stream.publications().stream().filter(Publication::isReplay).toList();
    assertThat(replays.subList(replays.size() - 4, replays.size()))
        .extracting(replay -> replay.event().version().value())
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(again(() -> application.readEvents().changes(ANA, Position.START, 10)).events())
        .as("the feed has no replays")
        .hasSize(4);
  }

  private UserId live() {
    var relay = application.relay(Hexagon.QUICK);
    relay.start();
    var id = create();
    var rename =
        new UserPatch(
            new Edit.Keep<>(), new Edit.Set<>(new UserName("Bea")), new AttributesEdit.Keep());
    again(() -> manage.update(ANA, id, rename, ANY));
    again(() -> manage.delete(ANA, id, ANY));
    again(() -> manage.restore(ANA, id, ANY));
    assertThat(again(() -> application.readUsers().list(ANA, everybody())).items()).hasSize(1);
    awaitThat(() -> persistence.inner().outbox().next(10).isEmpty());
    relay.close();
    return id;
  }

  private UserId create() {
    var claim = Optional.of(new IdempotencyClaim("k1", "f1"));
    return switch (again(() -> manage.create(ANA, profile("ana@example.org"), claim))) {
      case Created(var user) -> user.key().id();
      case Replayed(var user) -> user.key().id();
      case ManageUsers.CreateOutcome other -> throw new AssertionError(other);
    };
  }

  private static UserQuery everybody() {
    return new UserQuery(Filter.NONE, Sort.NAME, 10, Optional.empty());
  }

  private static void awaitThat(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5)).until(condition);
  }

  /** What a client does that isn't told. */
  private static <T> T again(Supplier<T> request) {
    while (true) {
      try {
        return request.get();
      } catch (StoreUnavailable | StreamUnavailable _) {
        Thread.onSpinWait(); // the outcome is unknown: ask again
      }
    }
  }

  private void assertLived(UserId id) {
    var user = again(() -> application.readUsers().get(ANA, id)).orElseThrow();
    assertThat(user.profile().name()).isEqualTo(new UserName("Bea"));
    assertThat(user.version()).isEqualTo(new Version(4));
    assertThat(stream.events())
        .extracting(RecordedEvent::type)
        .containsExactly(
            EventType.CREATED, EventType.UPDATED, EventType.DELETED, EventType.UPDATED);
    assertThat(stream.events()).extracting(event -> event.version().value()).isSorted();
    var history =
        again(() -> persistence.inner().log().history(user.key(), Optional.empty(), 10)).reversed();
    assertThat(history).isEqualTo(stream.events());
  }
}
