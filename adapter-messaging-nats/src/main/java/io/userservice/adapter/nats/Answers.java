package io.userservice.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import io.userservice.application.driven.EventPublisher.Acknowledged;
import io.userservice.application.driven.EventPublisher.Outcome;
import io.userservice.application.driven.EventPublisher.Overtaken;
import io.userservice.application.driven.EventPublisher.Refused;
import io.userservice.application.driven.EventPublisher.Unknown;
import java.io.IOException;
import java.util.Set;

/** What the server answers to a publication, as an outcome. */
final class Answers {
  private static final int NO_RESPONDERS = 503;

  /** "expected stream does not match": the stream that took the subject isn't ours. */
  private static final int FOREIGN_STREAM = 10060;

  /** "wrong last sequence", the second also without the number, as newer servers have it. */
  private static final Set<Integer> OF_THE_PLACE = Set.of(10071, 10164);

  /**
   * The errors that the message itself is the cause of, in the server's list: "message size exceeds
   * maximum allowed" and "header size exceeds maximum allowed of 64k". All others may pass.
   */
  private static final Set<Integer> OF_THE_MESSAGE = Set.of(10054, 10097);

  private Answers() {}

  static Outcome outcome(Message answer) {
    if (answer.isStatusMessage()) {
      return new Unknown(
          answer.getStatus().getCode() == NO_RESPONDERS
              ? "no stream takes the subject, or JetStream isn't enabled (no responders)"
              : answer.getStatus().getMessageWithCode());
    }
    try {
      var ack = new PublishAck(answer);
      return ack.getStream().equals(UserEventsStream.NAME)
          ? new Acknowledged(ack.getSeqno(), ack.isDuplicate())
          : foreign("stream " + ack.getStream() + " acknowledged it");
    } catch (JetStreamApiException refusal) {
      return refused(refusal);
    } catch (IOException unreadable) {
      return new Unknown("the answer is no acknowledgement: " + unreadable.getMessage());
    }
  }

  private static Outcome refused(JetStreamApiException refusal) {
    var code = refusal.getApiErrorCode();
    var reason = refusal.getErrorDescription() + " (JetStream error " + code + ")";
    if (code == FOREIGN_STREAM) {
      return foreign(reason);
    }
    if (OF_THE_PLACE.contains(code)) {
      return new Overtaken();
    }
    return OF_THE_MESSAGE.contains(code) ? new Refused(reason) : new Unknown(reason);
  }

  private static Unknown foreign(String detail) {
    return new Unknown(
        "another stream than " + UserEventsStream.NAME + " takes the subject: " + detail);
  }
}
