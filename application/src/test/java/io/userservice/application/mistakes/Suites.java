package io.userservice.application.mistakes;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.userservice.application.driven.Identifiers;
import io.userservice.application.testkit.CommitSignalContract;
import io.userservice.application.testkit.EventLogContract;
import io.userservice.application.testkit.EventPublisherContract;
import io.userservice.application.testkit.IdentifiersContract;
import io.userservice.application.testkit.OutboxContract;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.RecentCommitsContract;
import io.userservice.application.testkit.RelayLeaseContract;
import io.userservice.application.testkit.StreamLedgerContract;
import io.userservice.application.testkit.UserDirectoryContract;
import io.userservice.application.testkit.UserStoreContract;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The contract suites on an adapter that is told at run time; no tests by themselves. */
final class Suites {
  private static final AtomicReference<Supplier<?>> ADAPTER = new AtomicReference<>();

  private Suites() {}

  static final class OfUserStore extends UserStoreContract {
    @Override
    protected PersistenceFixture fixture() {
      return (PersistenceFixture) ADAPTER.get().get();
    }
  }

  static final class OfDirectory extends UserDirectoryContract {
    @Override
    protected PersistenceFixture fixture() {
      return (PersistenceFixture) ADAPTER.get().get();
    }
  }

  static final class OfLog extends EventLogContract {
    @Override
    protected PersistenceFixture fixture() {
      return (PersistenceFixture) ADAPTER.get().get();
    }
  }

  static final class OfOutbox extends OutboxContract {
    @Override
    protected PersistenceFixture fixture() {
      return (PersistenceFixture) ADAPTER.get().get();
    }
  }

  static final class OfRecent extends RecentCommitsContract {
    @Override
    protected PersistenceFixture fixture() {
      return (PersistenceFixture) ADAPTER.get().get();
    }
  }

  static final class OfLedger extends StreamLedgerContract {
    @Override
    protected PersistenceFixture fixture() {
      return (PersistenceFixture) ADAPTER.get().get();
    }
  }

  static final class OfLease extends RelayLeaseContract {
    @Override
    protected PersistenceFixture fixture() {
      return (PersistenceFixture) ADAPTER.get().get();
    }
  }

  static final class OfSignal extends CommitSignalContract {
    @Override
    protected PersistenceFixture fixture() {
      return (PersistenceFixture) ADAPTER.get().get();
    }
  }

  static final class OfPublisher extends EventPublisherContract {
    @Override
    protected Fixture fixture() {
      return (Fixture) ADAPTER.get().get();
    }
  }

  static final class OfIdentifiers extends IdentifiersContract {
    @Override
    protected Identifiers identifiers() {
      return (Identifiers) ADAPTER.get().get();
    }
  }

  /** The rules that the adapter breaks, by the names of their tests. */
  static List<String> broken(Class<?> suite, Supplier<?> adapter) {
    return broken(selectClass(suite), adapter);
  }

  /** Whether the adapter breaks this rule. */
  static boolean breaks(Class<?> suite, String rule, Supplier<?> adapter) {
    return broken(selectMethod(suite, test(suite, rule)), adapter).contains(rule);
  }

  private static Method test(Class<?> suite, String rule) {
    return Stream.<Class<?>>iterate(suite, Objects::nonNull, Class::getSuperclass)
        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
        .filter(method -> method.getName().equals(rule))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no rule " + rule));
  }

  private static List<String> broken(DiscoverySelector what, Supplier<?> adapter) {
    ADAPTER.set(adapter);
    return EngineTestKit.engine("junit-jupiter")
        .selectors(what)
        .execute()
        .testEvents()
        .failed()
        .stream()
        .map(Suites::name)
        .distinct()
        .sorted()
        .toList();
  }

  private static String name(Event event) {
    return event
        .getTestDescriptor()
        .getSource()
        .filter(MethodSource.class::isInstance)
        .map(source -> ((MethodSource) source).getMethodName())
        .orElseThrow();
  }
}
