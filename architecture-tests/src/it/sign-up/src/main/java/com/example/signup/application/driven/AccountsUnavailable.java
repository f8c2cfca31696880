package com.example.signup.application.driven;

/** Nobody knows whether an account was opened; ask again later. */
public final class AccountsUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AccountsUnavailable(String reason) {
    super(reason);
  }
}
