/** Accounts in the user service, over HTTP. */
@NullMarked
package com.example.signup.adapter.users;

import org.jspecify.annotations.NullMarked;
