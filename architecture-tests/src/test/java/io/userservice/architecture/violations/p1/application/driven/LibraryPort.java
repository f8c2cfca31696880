package io.userservice.architecture.violations.p1.application.driven;

import com.tngtech.archunit.core.domain.JavaClass;

interface LibraryPort {
  JavaClass find();
}
