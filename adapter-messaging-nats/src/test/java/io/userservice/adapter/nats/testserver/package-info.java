/** A real NATS server for tests and for the development run, wherever one can be had. */
@NullMarked
package io.userservice.adapter.nats.testserver;

import org.jspecify.annotations.NullMarked;
