/** The program. */
@NullMarked
package com.example.signup.bootstrap;

import org.jspecify.annotations.NullMarked;
