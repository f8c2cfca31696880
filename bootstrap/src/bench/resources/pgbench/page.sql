\set n random(1, :users - 50)
select tenant_id, id, email, name, attributes, version, created_at, updated_at, deleted_at
from users where tenant_id = 'acme' and deleted_at is null and (created_at, id) > (to_timestamp(1735689600 + :n::bigint), '00000000-0000-7000-8000-000000000000'::uuid)
order by created_at, id limit 51;
