@NullMarked
package io.userservice.adapter.http;

import org.jspecify.annotations.NullMarked;
