package io.userservice.bootstrap;

import io.userservice.adapter.nats.NatsMessaging;
import io.userservice.adapter.nats.NatsMessaging.StreamReport;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.bootstrap.Settings.Looking;
import java.io.PrintWriter;

/** Tells about the stream, and alters nothing. */
final class StreamCommand {
  private StreamCommand() {}

  static int info(Looking settings, PrintWriter out, PrintWriter err) {
    LoggingSetup.applyForCommand(settings.logging().forCommands());
    try {
      NatsMessaging.inspect(Service.natsOptions(settings.nats()))
          .ifPresentOrElse(
              report -> print(report, out),
              () -> out.println("There is no stream USER_EVENTS; the service creates it."));
      return ExitStatus.OK;
    } catch (StreamUnavailable away) {
      err.println("NATS can't be asked: " + away.getMessage());
      return ExitStatus.UNAVAILABLE;
    }
  }

  private static void print(StreamReport report, PrintWriter out) {
    out.println("stream     USER_EVENTS");
    out.println("created    " + report.created());
    out.println("messages   " + report.messages());
    out.println("bytes      " + report.bytes());
    out.println("sequences  %d to %d".formatted(report.first(), report.last()));
    out.println("consumers  " + report.consumers());
    if (report.drift().isEmpty()) {
      out.println("settings   as the service would create it");
    }
    report
        .drift()
        .forEach(
            difference ->
                out.println(
                    "differs    %s: %s, would be created with %s"
                        .formatted(
                            difference.setting(), difference.found(), difference.expected())));
  }
}
