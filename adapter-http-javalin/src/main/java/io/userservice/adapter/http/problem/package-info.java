/** Errors as problem details (RFC 9457). */
@NullMarked
package io.userservice.adapter.http.problem;

import org.jspecify.annotations.NullMarked;
