@NullMarked
package io.userservice.adapter.http.problem;

import org.jspecify.annotations.NullMarked;
