/** A real browser, driven over its DevTools protocol. */
@NullMarked
package io.userservice.adapter.http.browser;

import org.jspecify.annotations.NullMarked;
