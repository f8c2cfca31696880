package com.example.signup.domain;

/** Somebody who wants an account. */
public record Applicant(String email, String name) {

  /** The first words to a new user. */
  public String greeting() {
    return "Welcome, " + name + "!";
  }
}
