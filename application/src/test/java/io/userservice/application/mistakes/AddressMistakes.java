package io.userservice.application.mistakes;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.UserStore.Committed;
import io.userservice.application.driven.UserStore.EmailTaken;
import io.userservice.application.driven.UserStore.Outcome;
import io.userservice.application.driven.UserStore.VersionConflict;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.EmailAddress;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.User;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What adapters of the user store get wrong about e-mail addresses. */
final class AddressMistakes {
  private AddressMistakes() {}

  static List<Mistake> all() {
    return List.of(
        mistake(
            "compares e-mail addresses as they are typed",
            "an_email_address_is_there_once_among_the_living_in_canonical_form",
            comparing(EmailAddress::value)),
        mistake(
            "compares e-mail addresses in lower case",
            "an_email_address_is_there_once_among_the_living_in_canonical_form",
            comparing(email -> email.value().toLowerCase(Locale.ROOT))),
        mistake(
            "compares e-mail addresses by the language of the machine",
            "an_email_address_is_the_same_whatever_the_language_of_the_machine",
            comparing(email -> email.value().toLowerCase(Locale.getDefault()))),
        mistake(
            "takes addresses with a tag for the one without",
            "email_addresses_that_only_look_alike_are_two",
            (commit, outcome, others) ->
                others.anyMatch(sameBy(AddressMistakes::withoutTag, commit))
                    ? new EmailTaken()
                    : outcome),
        mistake(
            "keeps the address that an update has left",
            "an_update_frees_the_email_address_that_it_leaves",
            (commit, outcome, others) ->
                others.filter(ActiveUser.class::isInstance).anyMatch(rivalOf(commit))
                    ? new EmailTaken()
                    : outcome),
        mistake(
            "frees a deleted user's address in all tenants",
            "a_delete_frees_the_email_address_in_its_own_tenant_alone",
            (commit, outcome, others) ->
                outcome instanceof EmailTaken && others.anyMatch(DeletedUser.class::isInstance)
                    ? new Committed()
                    : outcome),
        mistake(
            "gives a restored user no address",
            "a_restored_user_has_its_email_address_again",
            (commit, outcome, others) ->
                outcome instanceof EmailTaken
                        && others.filter(rivalOf(commit)).anyMatch(DeletedUser.class::isInstance)
                    ? new Committed()
                    : outcome),
        mistake(
            "judges the e-mail address before the version",
            "the_version_is_judged_before_the_email_address",
            (commit, outcome, others) ->
                outcome instanceof VersionConflict && others.anyMatch(rivalOf(commit))
                    ? new EmailTaken()
                    : outcome));
  }

  /** Answers something else, in view of all states that other users were meant to have. */
  private interface Judge {
    Outcome of(Commit commit, Outcome outcome, Stream<User> others);
  }

  /** Sees the same address in two only if they agree in this form. */
  private static Judge comparing(Function<EmailAddress, String> form) {
    return (commit, outcome, others) ->
        outcome instanceof EmailTaken && others.noneMatch(sameBy(form, commit))
            ? new Committed()
            : outcome;
  }

  private static Predicate<User> rivalOf(Commit commit) {
    return sameBy(EmailAddress::canonical, commit);
  }

  private static Predicate<User> sameBy(Function<EmailAddress, String> form, Commit commit) {
    var email = form.apply(email(commit.user()));
    return other ->
        tenant(other).equals(tenant(commit.user())) && form.apply(email(other)).equals(email);
  }

  private static EmailAddress email(User user) {
    return user.profile().email();
  }

  private static TenantId tenant(User user) {
    return user.key().tenant();
  }

  private static String withoutTag(EmailAddress email) {
    return email.canonical().replaceAll("\\+[^@]*", "");
  }

  private static Mistake mistake(String what, String rule, Judge judge) {
    return new Mistake(
        what,
        Suites.OfUserStore.class,
        rule,
        () ->
            new MistakenStore() {
              @Override
              Outcome after(Commit commit, Outcome outcome) {
                var others =
                    tried.stream()
                        .<User>map(Commit::user)
                        .filter(other -> !other.key().equals(commit.user().key()));
                return judge.of(commit, outcome, others);
              }
            });
  }
}
