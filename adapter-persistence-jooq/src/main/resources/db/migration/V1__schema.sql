-- Users, every event that ever was, and what of it is still to be published.

create table users (
  tenant_id  text collate "C" not null,
  id         uuid primary key,
  email      text not null,
  email_key  text collate "C" not null,
  name       text not null,
  name_key   text collate "C" not null,
  attributes json not null,
  version    bigint not null check (version >= 1),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  deleted_at timestamptz(3)
);
comment on column users.email_key is 'canonical form: mailboxes are compared, sorted and searched by it';
comment on column users.name_key is 'folded form: names are sorted and searched by it';
comment on column users.attributes is 'json and not jsonb: members keep their order, numbers and strings stay exact';

-- The only judge of a duplicate e-mail address.
create unique index users_living_email on users (tenant_id, email_key) where deleted_at is null;
-- Orders of a list; their leading columns also serve createdAfter, updatedSince, email and the prefix.
create index users_by_created on users (tenant_id, created_at, id);
create index users_by_updated on users (tenant_id, updated_at, id);
create index users_by_email on users (tenant_id, email_key, id);
create index users_by_name on users (tenant_id, name_key, id);
-- Few among many: without it a list of the deleted reads all the living.
create index users_deleted on users (tenant_id, created_at, id) where deleted_at is not null;

-- Append-only: never updated, never deleted from.
create table user_events (
  -- cache 1, or the numbers of one user's events wouldn't grow with its versions
  seq       bigint generated always as identity (cache 1) primary key,
  id        uuid not null,
  type      text not null,
  tenant_id text collate "C" not null,
  user_id   uuid not null,
  version   bigint not null,
  at        timestamptz(3) not null,
  actor     text,
  trace     text,
  payload   text not null
);
comment on column user_events.payload is 'as published, byte for byte';

-- The history of a user; also says that a version is there once.
create unique index user_events_by_user on user_events (user_id, version);

-- What is still to be published: a queue that is empty most of the time.
create table outbox (
  seq     bigint primary key,
  user_id uuid not null,
  refusal text
) with (
  fillfactor = 70,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_cost_delay = 0
);
comment on column outbox.refusal is 'why the stream refused the event; null while it is to be published';

create index outbox_refused on outbox (user_id) where refusal is not null;

-- What the stream has acknowledged, in the order of publication.
create table deliveries (
  position   bigint generated always as identity (cache 1) primary key,
  seq        bigint not null unique,
  tenant_id  text collate "C" not null,
  stream_seq bigint not null
);

create index deliveries_by_tenant on deliveries (tenant_id, position);

-- Who publishes, and until when.
create table relay_lease (
  only_row   boolean primary key default true check (only_row),
  holder     uuid,
  expires_at timestamptz not null
);

insert into relay_lease (expires_at) values ('-infinity');

-- What was answered to a request with an idempotency key: the user as it was created.
create table idempotency_keys (
  tenant_id   text collate "C" not null,
  key         text collate "C" not null,
  fingerprint text not null,
  user_id     uuid not null,
  email       text not null,
  name        text not null,
  attributes  json not null,
  created_at  timestamptz(3) not null,
  expires_at  timestamptz not null,
  primary key (tenant_id, key)
);

create index idempotency_keys_by_expiry on idempotency_keys (expires_at);

-- Secrets that all instances share and nobody has to configure: 32 bytes of the server's strong random source.
create table service_secrets (
  name  text primary key,
  value bytea not null
);

insert into service_secrets (name, value)
values ('cursor', sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));
