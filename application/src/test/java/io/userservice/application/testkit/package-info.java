/**
 * For teams that swap adapters in their tests: in-memory adapters that behave like the real ones,
 * and a contract suite per driven port.
 */
@NullMarked
package io.userservice.application.testkit;

import org.jspecify.annotations.NullMarked;
