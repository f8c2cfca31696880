/** The OpenAPI document, and whether what was seen on the wire is what it says. */
@NullMarked
package io.userservice.adapter.http.contract;

import org.jspecify.annotations.NullMarked;
