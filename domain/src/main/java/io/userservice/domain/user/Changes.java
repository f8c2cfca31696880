package io.userservice.domain.user;

import io.userservice.domain.user.Change.AttributeChanged;
import io.userservice.domain.user.Change.EmailChanged;
import io.userservice.domain.user.Change.NameChanged;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What is different between two states of a user; never empty. */
public record Changes(List<Change> values) {
  public Changes {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no change is no Changes");
    }
  }

  /**
   * The difference of two profiles, naming only what truly differs; empty when nothing does. The
   * order of attributes is no difference, nor is {@code 1.0} from {@code 1}; an e-mail address that
   * alters in case alone is one.
   */
  public static Optional<Changes> between(Profile before, Profile after) {
    var found = new ArrayList<Change>();
    differ(before, after, Profile::email, EmailChanged::new, found);
    differ(before, after, Profile::name, NameChanged::new, found);
    attributesDiffer(before.attributes(), after.attributes(), found);
    return found.isEmpty() ? Optional.empty() : Optional.of(new Changes(found));
  }

  private static <T> void differ(
      Profile before,
      Profile after,
      Function<Profile, T> field,
      BiFunction<T, T, Change> change,
      List<Change> found) {
    var from = field.apply(before);
    var to = field.apply(after);
    if (!from.equals(to)) {
      found.add(change.apply(from, to));
    }
  }

  private static void attributesDiffer(Attributes before, Attributes after, List<Change> found) {
    if (before == after) {
      return; // untouched, and needn't even be read
    }
    var earlier = before.byKey();
    var later = after.byKey();
    var keys = new LinkedHashSet<>(earlier.keySet());
    keys.addAll(later.keySet());
    for (var key : keys) {
      var from = Optional.ofNullable(earlier.get(key));
      var to = Optional.ofNullable(later.get(key));
      if (!from.equals(to)) {
        found.add(new AttributeChanged(key, from, to));
      }
    }
  }
}
