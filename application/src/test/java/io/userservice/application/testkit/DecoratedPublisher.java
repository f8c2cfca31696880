package io.userservice.application.testkit;

import io.userservice.application.driven.EventPublisher;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A publisher that is as another one, but for what a subclass overrides. */
public class DecoratedPublisher implements EventPublisher {
  protected final EventPublisher inner;
  private Optional<Way> way = Optional.empty();

  public DecoratedPublisher(EventPublisher inner) {
    this.inner = inner;
  }

  private record Way(EventPublisher.Session behind, EventPublisher.Session decorated) {}

  /** The same one as long as the one behind it is the same. */
  @Override
  public synchronized Session session() {
    var behind = inner.session();
    var known = way.filter(past -> past.behind() == behind);
    way = known.or(() -> Optional.of(new Way(behind, new Decorated(behind))));
    return way.orElseThrow().decorated();
  }

  @Override
  public Optional<Integer> largestPayload() {
    return inner.largestPayload();
  }

  protected StreamState look(Session behind) {
    return behind.look();
  }

  protected List<Stored> stored(Session behind, long from, int limit) {
    return behind.stored(from, limit);
  }

  protected List<Outcome> append(
      Session behind, long end, List<Publication> publications, BooleanSupplier permitted) {
    return behind.append(end, publications, permitted);
  }

  protected List<Outcome> publish(Session behind, List<Publication> publications) {
    return behind.publish(publications);
  }

  private final class Decorated implements Session {
    private final Session behind;

    Decorated(Session behind) {
      this.behind = behind;
    }

    @Override
    public StreamState look() {
      return DecoratedPublisher.this.look(behind);
    }

    @Override
    public List<Stored> stored(long from, int limit) {
      return DecoratedPublisher.this.stored(behind, from, limit);
    }

    @Override
    public List<Outcome> append(
        long end, List<Publication> publications, BooleanSupplier permitted) {
      return DecoratedPublisher.this.append(behind, end, publications, permitted);
    }

    @Override
    public List<Outcome> publish(List<Publication> publications) {
      return DecoratedPublisher.this.publish(behind, publications);
    }
  }
}
