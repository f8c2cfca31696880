/** The published language: what the events look like, for those who read them. */
@NullMarked
package io.userservice.application.published;

import org.jspecify.annotations.NullMarked;
