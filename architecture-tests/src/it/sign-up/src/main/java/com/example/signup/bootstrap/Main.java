package com.example.signup.bootstrap;

import com.example.signup.adapter.users.UserServiceAccounts;
import com.example.signup.application.SignUpService;
import com.example.signup.application.driving.SignUp;
import com.example.signup.domain.Applicant;
import java.net.URI;
import java.net.http.HttpClient;

/** Signs one person up: e-mail address, name, the user service's address, a token. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    var accounts =
        new UserServiceAccounts(HttpClient.newHttpClient(), URI.create(args[2]), args[3]);
    SignUp service = new SignUpService(accounts);
    System.out.println(service.signUp(new Applicant(args[0], args[1])));
  }
}
