/**
 * The running service: settings, wiring, commands, telemetry. No decision about users is made here.
 */
@NullMarked
package io.userservice.bootstrap;

import org.jspecify.annotations.NullMarked;
