package io.userservice.adapter.http.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** On a machine without a browser these tests are skipped, and that is said. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsBrowser.Condition.class)
public @interface NeedsBrowser {

  /** Looks for one. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (Program.find().isPresent()) {
        return ConditionEvaluationResult.enabled("there is a browser");
      }
      var reason = "SKIPPED " + context.getDisplayName() + ": no browser; " + Program.LOOKED_FOR;
      LoggerFactory.getLogger("skipped").warn(reason);
      return ConditionEvaluationResult.disabled(reason);
    }
  }
}
