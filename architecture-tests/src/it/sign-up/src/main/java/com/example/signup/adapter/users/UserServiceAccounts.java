package com.example.signup.adapter.users;

import com.example.signup.application.driven.Accounts;
import com.example.signup.application.driven.AccountsUnavailable;
import com.example.signup.domain.Applicant;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Accounts are users of the user service. */
public final class UserServiceAccounts implements Accounts {
  private final HttpClient client;
  private final URI users;
  private final String token;

  public UserServiceAccounts(HttpClient client, URI service, String token) {
    this.client = client;
    this.users = service.resolve("/users");
    this.token = token;
  }

  @Override
  public boolean open(Applicant applicant) {
    var status = post(applicant);
    return switch (status) {
      case 201 -> true;
      case 409 -> false;
      default -> throw new AccountsUnavailable("the user service answers " + status);
    };
  }

  private int post(Applicant applicant) {
    var user =
        new JsonObject(
            Map.of(
                "email", new JsonString(applicant.email()),
                "name", new JsonString(applicant.name())));
    var request =
        HttpRequest.newBuilder(users)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(user.text().value()))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException lost) {
      throw new AccountsUnavailable(String.valueOf(lost.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new AccountsUnavailable("interrupted");
    }
  }
}
