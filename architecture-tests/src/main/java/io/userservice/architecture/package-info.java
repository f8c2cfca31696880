/**
 * Rules for a service in hexagonal architecture, and what it takes to show that they hold. Begin
 * with {@link io.userservice.architecture.Hexagon} and {@link
 * io.userservice.architecture.HexagonRules}.
 */
@NullMarked
package io.userservice.architecture;

import org.jspecify.annotations.NullMarked;
