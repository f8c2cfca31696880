\set n random(1, :users)
select id, tenant_id, email, name, attributes, version, created_at, updated_at, deleted_at
from users where id = ('00000000-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid and tenant_id = 'acme';
