package io.userservice.application.mistakes;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.userservice.application.testkit.EventLogContract;
import io.userservice.application.testkit.OutboxContract;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.RelayLeaseContract;
import io.userservice.application.testkit.StreamLedgerContract;
import io.userservice.application.testkit.UserDirectoryContract;
import io.userservice.application.testkit.UserStoreContract;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The contract suites on an adapter that is told at run time; no tests by themselves. */
final class Suites {
  private static final AtomicReference<Supplier<PersistenceFixture>> ADAPTER =
      new AtomicReference<>();

  private Suites() {}

  static final class OfUserStore extends UserStoreContract {
    @Override
    protected PersistenceFixture fixture() {
      return ADAPTER.get().get();
    }
  }

  static final class OfDirectory extends UserDirectoryContract {
    @Override
    protected PersistenceFixture fixture() {
      return ADAPTER.get().get();
    }
  }

  static final class OfLog extends EventLogContract {
    @Override
    protected PersistenceFixture fixture() {
      return ADAPTER.get().get();
    }
  }

  static final class OfOutbox extends OutboxContract {
    @Override
    protected PersistenceFixture fixture() {
      return ADAPTER.get().get();
    }
  }

  static final class OfLedger extends StreamLedgerContract {
    @Override
    protected PersistenceFixture fixture() {
      return ADAPTER.get().get();
    }
  }

  static final class OfLease extends RelayLeaseContract {
    @Override
    protected PersistenceFixture fixture() {
      return ADAPTER.get().get();
    }
  }

  /** The rules that the adapter breaks, by the names of their tests. */
  static List<String> broken(Class<?> suite, Supplier<PersistenceFixture> adapter) {
    ADAPTER.set(adapter);
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(suite))
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
