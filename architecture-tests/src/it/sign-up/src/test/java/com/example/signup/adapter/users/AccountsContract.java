package com.example.signup.adapter.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.signup.application.driven.Accounts;
import com.example.signup.domain.Applicant;
import org.junit.jupiter.api.Test;

/** The promise of {@link Accounts}. */
abstract class AccountsContract {
  abstract Accounts accounts();

  @Test
  void an_email_address_opens_one_account() {
    var accounts = accounts();

    assertThat(accounts.open(new Applicant("ana@example.org", "Ana"))).isTrue();
    assertThat(accounts.open(new Applicant("ANA@example.org", "Ana"))).isFalse();
  }
}
