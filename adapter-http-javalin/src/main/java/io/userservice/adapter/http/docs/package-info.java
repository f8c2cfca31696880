/** What the service says of itself: its OpenAPI document, and the page to read and try it. */
@NullMarked
package io.userservice.adapter.http.docs;

import org.jspecify.annotations.NullMarked;
