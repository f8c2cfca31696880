package com.example.signup.application.driven;

import com.example.signup.domain.Applicant;

/**
 * Where accounts are kept.
 *
 * <ul>
 *   <li>An e-mail address opens one account.
 * </ul>
 *
 * Throws {@link AccountsUnavailable}.
 */
public interface Accounts {

  /** Opens an account; false when the e-mail address has one. */
  boolean open(Applicant applicant);
}
