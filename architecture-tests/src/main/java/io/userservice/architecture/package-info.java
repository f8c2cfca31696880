/**
 * The rules of the house. They live in the test tree; this page is here because a module without
 * any main source has no class folder, and the compiler warns about that.
 */
package io.userservice.architecture;
