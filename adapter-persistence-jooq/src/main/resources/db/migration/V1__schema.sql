-- Placeholder, so that code generation has something to see; the real schema replaces it.
create table users (
  tenant_id  text        not null,
  user_id    uuid        not null,
  attributes json        not null,
  created_at timestamptz not null,
  primary key (tenant_id, user_id)
);
