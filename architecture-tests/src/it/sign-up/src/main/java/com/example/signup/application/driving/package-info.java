/** What is offered. */
@NullMarked
package com.example.signup.application.driving;

import org.jspecify.annotations.NullMarked;
