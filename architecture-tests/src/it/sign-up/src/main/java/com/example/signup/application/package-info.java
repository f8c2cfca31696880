/** Signing up. */
@NullMarked
package com.example.signup.application;

import org.jspecify.annotations.NullMarked;
