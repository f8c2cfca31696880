\set n random(1, 1000000000000000)
with written as (
  insert into users (tenant_id, id, email, email_key, name, name_key, attributes, version,
                     created_at, updated_at)
  values ('acme', uuidv7(), 'p' || :n::bigint || '@example.org', 'p' || :n::bigint || '@example.org', 'User ' || :n::bigint, 'user ' || :n::bigint,
          '{}'::json, 1, now(), now())
  on conflict do nothing
  returning tenant_id, id, version
), logged as (
  insert into user_events (id, type, tenant_id, user_id, version, at, actor, trace, payload)
  select uuidv7(), 'user.created', tenant_id, id, version, now(), 'bench', null,
         '{"userId":"00000000-0000-7000-8000-000000000000","email":"p' || :n::bigint || '@example.org","tenantId":"acme","timestamp":1795447257603}'
  from written
  returning seq, user_id
), queued as (
  insert into outbox (seq, user_id) select seq, user_id from logged
)
select true, max(seq), true from logged;
