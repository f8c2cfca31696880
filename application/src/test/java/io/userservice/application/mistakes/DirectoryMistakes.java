package io.userservice.application.mistakes;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.userservice.application.driven.UserDirectory;
import io.userservice.application.driving.Page;
import io.userservice.application.driving.UserQuery;
import io.userservice.application.driving.UserQuery.Deleted;
import io.userservice.application.driving.UserQuery.Filter;
import io.userservice.application.driving.UserQuery.Keyset;
import io.userservice.application.testkit.DecoratedPersistence;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.Attributes;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.EmailAddress;
import io.userservice.domain.user.Profile;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.UserName;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What adapters of the directory get wrong. */
final class DirectoryMistakes {
  private DirectoryMistakes() {}

  static List<Mistake> all() {
    return List.of(
        mistake(
            "lists deleted users among the living",
            "deleted_users_are_seen_as_demanded",
            inner ->
                (tenant, query) ->
                    inner.list(tenant, filtered(query, filter -> with(filter, Deleted.INCLUDE)))),
        mistake(
            "forgets the ids that were asked for",
            "ids_are_found_and_unknown_ones_passed_over",
            inner ->
                (tenant, query) ->
                    inner.list(tenant, filtered(query, filter -> with(filter, Set.of())))),
        mistake(
            "takes a prefix for a pattern",
            "a_prefix_is_taken_literally",
            inner ->
                (tenant, query) ->
                    inner.list(
                        tenant,
                        filtered(
                            query,
                            filter ->
                                new Filter(
                                    filter.email(),
                                    filter.ids(),
                                    filter.prefix().map(text -> text.replaceAll("[%_*].*", "")),
                                    filter.createdAfter(),
                                    filter.updatedSince(),
                                    filter.deleted())))),
        mistake(
            "lists users without their attributes",
            "users_are_listed_as_they_are",
            inner -> listing(inner, profile -> with(profile.name(), Attributes.NONE, profile))),
        mistake(
            "lists names as others would write them",
            "users_are_listed_as_they_are",
            inner ->
                listing(
                    inner,
                    profile ->
                        with(
                            new UserName(Normalizer.normalize(profile.name().value(), Form.NFC)),
                            profile.attributes(),
                            profile))),
        mistake(
            "compares seconds",
            "created_after_is_exclusive_and_updated_since_inclusive",
            inner -> createdAfter(inner, at -> at.truncatedTo(SECONDS))),
        mistake(
            "counts the moment itself as after it",
            "created_after_is_exclusive_and_updated_since_inclusive",
            inner -> createdAfter(inner, at -> at.minusMillis(1))),
        mistake(
            "forgets the conditions from the second page on",
            "a_condition_holds_on_every_page_of_a_walk",
            inner ->
                (tenant, query) ->
                    inner.list(
                        tenant,
                        query.after().isPresent() ? filtered(query, _ -> Filter.NONE) : query)),
        mistake(
            "finds only the living by their e-mail address",
            "any_condition_finds_deleted_users_too_if_demanded",
            inner ->
                (tenant, query) ->
                    inner.list(
                        tenant,
                        query.filter().email().isPresent()
                            ? filtered(query, filter -> with(filter, Deleted.EXCLUDE))
                            : query)),
        mistake(
            "compares an e-mail address in lower case",
            "an_email_address_is_found_in_any_spelling",
            inner ->
                (tenant, query) ->
                    only(
                        inner.list(tenant, query),
                        user ->
                            query
                                .filter()
                                .email()
                                .map(email -> lower(email).equals(lower(user.profile().email())))
                                .orElse(true))),
        mistake(
            "looks at the creation for what was updated",
            "updated_since_looks_at_the_last_change",
            inner ->
                (tenant, query) ->
                    only(
                        inner.list(tenant, query),
                        user ->
                            query
                                .filter()
                                .updatedSince()
                                .map(since -> !user.createdAt().isBefore(since))
                                .orElse(true))),
        mistake(
            "takes fifty ids at most",
            "as_many_ids_are_found_as_a_page_has_users",
            inner ->
                (tenant, query) ->
                    inner.list(
                        tenant,
                        filtered(
                            query,
                            filter ->
                                with(
                                    filter,
                                    filter.ids().stream().limit(50).collect(Collectors.toSet()))))),
        mistake(
            "says that there is more when there isn't",
            "a_page_tells_where_to_go_on_only_if_more_is_there",
            inner ->
                (tenant, query) -> {
                  var page = inner.list(tenant, query);
                  return page.items().isEmpty()
                      ? page
                      : new Page<>(
                          page.items(), Optional.of(query.sort().placeOf(page.items().getLast())));
                }),
        mistake(
            "begins every page at the beginning",
            "a_walk_in_any_order_sees_every_user_once_and_in_order",
            inner ->
                (tenant, query) ->
                    inner.list(
                        tenant,
                        new UserQuery(
                            query.filter(), query.sort(), query.limit(), Optional.empty()))));
  }

  private static Page<User, Keyset> only(Page<User, Keyset> page, Predicate<User> isMeant) {
    return new Page<>(page.items().stream().filter(isMeant).toList(), page.next());
  }

  private static String lower(EmailAddress email) {
    return email.value().toLowerCase(Locale.ROOT);
  }

  private static UserQuery filtered(UserQuery query, Function<Filter, Filter> altered) {
    return new UserQuery(altered.apply(query.filter()), query.sort(), query.limit(), query.after());
  }

  private static Filter with(Filter filter, Set<UserId> ids) {
    return new Filter(
        filter.email(),
        ids,
        filter.prefix(),
        filter.createdAfter(),
        filter.updatedSince(),
        filter.deleted());
  }

  private static Filter with(Filter filter, Deleted deleted) {
    return new Filter(
        filter.email(),
        filter.ids(),
        filter.prefix(),
        filter.createdAfter(),
        filter.updatedSince(),
        deleted);
  }

  private static UserDirectory createdAfter(UserDirectory inner, UnaryOperator<Instant> altered) {
    return (tenant, query) ->
        inner.list(
            tenant,
            filtered(
                query,
                filter ->
                    new Filter(
                        filter.email(),
                        filter.ids(),
                        filter.prefix(),
                        filter.createdAfter().map(altered),
                        filter.updatedSince(),
                        filter.deleted())));
  }

  private static UserDirectory listing(UserDirectory inner, UnaryOperator<Profile> altered) {
    return (tenant, query) -> {
      var page = inner.list(tenant, query);
      return new Page<>(
          page.items().stream().map(user -> with(user, altered)).toList(), page.next());
    };
  }

  private static User with(User user, UnaryOperator<Profile> altered) {
    var profile = altered.apply(user.profile());
    return switch (user) {
      case ActiveUser is ->
          new ActiveUser(is.key(), is.version(), profile, is.createdAt(), is.updatedAt());
      case DeletedUser is ->
          new DeletedUser(is.key(), is.version(), profile, is.createdAt(), is.deletedAt());
    };
  }

  private static Profile with(UserName name, Attributes attributes, Profile profile) {
    return new Profile(profile.email(), name, attributes);
  }

  private static Mistake mistake(
      String what, String rule, Function<UserDirectory, UserDirectory> mistaken) {
    return new Mistake(
        what,
        Suites.OfDirectory.class,
        rule,
        () ->
            new DecoratedPersistence(new InMemoryPersistenceFixture()) {
              @Override
              public UserDirectory directory() {
                return mistaken.apply(inner.directory());
              }
            });
  }
}
