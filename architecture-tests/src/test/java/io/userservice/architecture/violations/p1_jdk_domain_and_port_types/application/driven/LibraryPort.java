package io.userservice.architecture.violations.p1_jdk_domain_and_port_types.application.driven;

import com.tngtech.archunit.core.domain.JavaClass;

interface LibraryPort {
  JavaClass find();
}
