package com.example.signup.application.driving;

import com.example.signup.domain.Applicant;

/** Lets people in. */
public interface SignUp {
  Outcome signUp(Applicant applicant);

  /** How it ended. */
  sealed interface Outcome {}

  /** There is an account now. */
  record Welcome(String greeting) implements Outcome {}

  /** Somebody has an account with this e-mail address. */
  record AddressTaken() implements Outcome {}
}
