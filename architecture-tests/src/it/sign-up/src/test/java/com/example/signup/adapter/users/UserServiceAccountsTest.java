package com.example.signup.adapter.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.signup.application.SignUpService;
import com.example.signup.application.driven.Accounts;
import com.example.signup.application.driving.SignUp.AddressTaken;
import com.example.signup.application.driving.SignUp.Welcome;
import com.example.signup.domain.Applicant;
import io.userservice.adapter.http.testkit.UserServiceFixture;
import io.userservice.application.driving.EventType;
import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What we ask of the user service, and what it tells others then: no server to install. */
final class UserServiceAccountsTest extends AccountsContract {
  private final HttpClient client = HttpClient.newHttpClient();
  private final UserServiceFixture service = UserServiceFixture.start();

  @Override
  Accounts accounts() {
    return new UserServiceAccounts(client, service.url(), service.token("acme"));
  }

  @AfterEach
  void stop() {
    client.close();
    service.close();
  }

  @Test
  void who_signs_up_is_told_to_all_that_listen() {
    var signUp = new SignUpService(accounts());

    assertThat(signUp.signUp(new Applicant("ana@example.org", "Ana")))
        .isEqualTo(new Welcome("Welcome, Ana!"));
    assertThat(signUp.signUp(new Applicant("ana@example.org", "Bea")))
        .isEqualTo(new AddressTaken());

    var event = service.awaitEvent(one -> one.type() == EventType.CREATED);
    assertThat(event.payload().value()).contains("\"email\":\"ana@example.org\"");
    assertThat(service.events()).containsExactly(event);
  }
}
