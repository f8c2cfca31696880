/**
 * Users and their events in PostgreSQL. {@link io.userservice.adapter.persistence.Persistence} is
 * the door.
 */
@NullMarked
package io.userservice.adapter.persistence;

import org.jspecify.annotations.NullMarked;
