\set n random(1, :users)
with written as (
  update users
  set email = 'user' || :n::bigint || '@example.org', email_key = 'user' || :n::bigint || '@example.org', name = 'User ' || random(),
      name_key = 'user ' || random(), attributes = '{}'::json, version = version + 1,
      updated_at = now(), deleted_at = null
  where id = ('00000000-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid and tenant_id = 'acme'
  returning tenant_id, id, version
), logged as (
  insert into user_events (id, type, tenant_id, user_id, version, at, actor, trace, payload)
  select uuidv7(), 'user.updated', tenant_id, id, version, now(), 'bench', null,
         '{"userId":"00000000-0000-7000-8000-000000000000","changes":{"name":{"from":"User 1","to":"User 2"}},"tenantId":"acme","timestamp":1795447257603}'
  from written
  returning seq, user_id
), queued as (
  insert into outbox (seq, user_id) select seq, user_id from logged
)
select true, max(seq),
  not exists (select from outbox
              where user_id = ('00000000-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid offset 0)
from logged;
