/** PostgreSQL for tests and for the development run. */
@NullMarked
package io.userservice.adapter.persistence.testserver;

import org.jspecify.annotations.NullMarked;
