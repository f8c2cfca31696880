/** What is needed. */
@NullMarked
package com.example.signup.application.driven;

import org.jspecify.annotations.NullMarked;
