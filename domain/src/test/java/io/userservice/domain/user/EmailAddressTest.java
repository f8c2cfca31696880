package io.userservice.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.domain.validation.Validated.Valid;
import io.userservice.domain.validation.Violation;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EmailAddressTest {

  @Test
  void is_kept_as_typed_but_for_white_space_at_its_ends() {
    assertThat(EmailAddress.parse(" Ana.Lima@Example.org\t"))
        .isEqualTo(new Valid<>(new EmailAddress("Ana.Lima@Example.org")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b", // no dot is demanded: intranets have such hosts
        "o'hara+news@example.org",
        "ανα@παράδειγμα.ελ",
        "アナ@例え.テスト",
        "ana@xn--r8jz45g.example",
        "ana@sub.sub.example.org"
      })
  void accepts(String text) {
    assertThat(EmailAddress.parse(text)).isEqualTo(new Valid<>(new EmailAddress(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ana",
        "@example.org",
        "ana@",
        "ana@@example.org",
        "a b@example.org",
        "ana@exam ple.org",
        ".ana@example.org",
        "ana.@example.org",
        "a..na@example.org",
        "ana@example..org",
        "ana@-example.org",
        "ana@example.org.",
        "ana\u0000@example.org",
        "ana\u200b@example.org",
        "ana\ud800@example.org",
        "\"ana\"@example.org",
        "ana@[127.0.0.1]"
      })
  void refuses_with_a_reason(String text) {
    assertThat(EmailAddress.parse(text).violations())
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.pointer()).isEqualTo("/email");
              assertThat(violation.code()).isEqualTo("not_an_email_address");
              assertThat(violation.detail()).contains("accepted");
            });
  }

  @Test
  void has_at_most_254_octets() {
    var most = "ä".repeat(32) + "@" + "d".repeat(60) + "." + "e".repeat(60) + "." + "f".repeat(63);
    var longest = most + ".org"; // 64 + 1 + 185 + 4
    assertThat(longest.getBytes(StandardCharsets.UTF_8)).hasSize(254);

    assertThat(EmailAddress.parse(longest).violations()).isEmpty();
    assertThat(EmailAddress.parse(longest + "a").violations())
        .extracting(Violation::code)
        .containsExactly("too_long");
  }

  @Test
  void has_at_most_253_characters_of_domain_in_ascii() {
    var label = "d".repeat(57);
    var longest = "a@" + "ä.".repeat(10) + label + "." + label + "." + label; // 10 × xn--4ca.

    assertThat(EmailAddress.parse(longest).violations()).isEmpty();
    assertThat(EmailAddress.parse(longest + "d").violations()).hasSize(1);
  }

  @Test
  void has_at_most_64_octets_before_the_at_sign() {
    assertThat(EmailAddress.parse("a".repeat(64) + "@example.org").violations()).isEmpty();
    assertThat(EmailAddress.parse("a".repeat(65) + "@example.org").violations()).hasSize(1);
    assertThat(EmailAddress.parse("ä".repeat(33) + "@example.org").violations()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "Ana@Example.ORG, ana@example.org",
    "STRASSE@example.org, straße@example.org",
    "STRAẞE@example.org, straße@example.org",
    "ana@STRAẞE.example, ana@straße.example",
    "STRAẞE@example.org, strasse@example.org",
    "ana@BÜCHER.example, ana@xn--bcher-kva.example",
    "ΣΊΣΥΦΟΣ@example.org, σίσυφος@example.org",
    "jos\u0065\u0301@example.org, jos\u00e9@example.org"
  })
  void names_the_same_mailbox_in_another_spelling(String one, String other) {
    assertThat(new EmailAddress(one).canonical()).isEqualTo(new EmailAddress(other).canonical());
    assertThat(new EmailAddress(one)).isNotEqualTo(new EmailAddress(other));
  }

  @Test
  void is_told_from_others_by_its_canonical_form() {
    assertThat(new EmailAddress("Ana@BÜCHER.example").canonical())
        .isEqualTo("ana@xn--bcher-kva.example");
    assertThat(new EmailAddress("@BÜCHER.example").canonical()).isEqualTo("@xn--bcher-kva.example");
    assertThat(new EmailAddress("Ana@Example..org").canonical())
        .as("a domain that has no ASCII form")
        .isEqualTo("ana@example..org");
    assertThat(new EmailAddress("Ana@BÜCHER..org").canonical()).isEqualTo("ana@bücher..org");
    assertThat(new EmailAddress("Ä@Example.org").canonical()).isEqualTo("ä@example.org");
  }

  @Test
  void tells_mailboxes_apart() {
    assertThat(new EmailAddress("ana@example.org").canonical())
        .isNotEqualTo(new EmailAddress("ana@example.com").canonical())
        .isNotEqualTo(new EmailAddress("an.a@example.org").canonical());
    assertThat(new EmailAddress("ana@github.example").canonical())
        .as("without its dot the letter is another, and the domain another's")
        .isNotEqualTo(new EmailAddress("ana@gıthub.example").canonical())
        .isEqualTo(new EmailAddress("ana@GITHUB.example").canonical());
    assertThat(new EmailAddress("dilan@example.org").canonical())
        .isNotEqualTo(new EmailAddress("dılan@example.org").canonical());
  }

  @Test
  void a_stored_address_need_not_pass_todays_policy() {
    var old = new EmailAddress("root at localhost");

    assertThat(old.canonical()).isEqualTo("root at localhost");
    assertThatThrownBy(() -> new EmailAddress(" ")).isInstanceOf(IllegalArgumentException.class);
  }
}
