package com.example.signup.application;

import com.example.signup.application.driven.Accounts;
import com.example.signup.application.driving.SignUp;
import com.example.signup.domain.Applicant;

/** Opens an account and finds the right words. */
public final class SignUpService implements SignUp {
  private final Accounts accounts;

  public SignUpService(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Outcome signUp(Applicant applicant) {
    return accounts.open(applicant) ? new Welcome(applicant.greeting()) : new AddressTaken();
  }
}
