/**
 * From the outbox to the stream: order, quarantine, back-off. Policy, hence no adapter's business.
 */
@NullMarked
package io.userservice.application.delivery;

import org.jspecify.annotations.NullMarked;
