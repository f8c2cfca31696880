/** What the outside may ask of the service: one interface per conversation, spoken in values. */
@NullMarked
package io.userservice.application.driving;

import org.jspecify.annotations.NullMarked;
