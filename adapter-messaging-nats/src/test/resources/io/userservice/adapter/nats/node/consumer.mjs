// A subscriber as any team with Node.js has one: nothing in it knows the service.
import { AckPolicy, connect } from "nats";

const connection = await connect({ servers: process.env.NATS_URL ?? "nats://localhost:4222" });
const manager = await connection.jetstreamManager();
await manager.consumers.add("USER_EVENTS", { durable_name: "node-demo", ack_policy: AckPolicy.Explicit });
const consumer = await connection.jetstream().consumers.get("USER_EVENTS", "node-demo");
for await (const message of await consumer.consume()) {
  console.log(message.subject, message.headers.get("ce-sequence"), JSON.stringify(message.json()));
  message.ack();
}
