/**
 * The hexagon: use cases over ports. {@link io.userservice.application.UserApplication} is its
 * door.
 */
@NullMarked
package io.userservice.application;

import org.jspecify.annotations.NullMarked;
