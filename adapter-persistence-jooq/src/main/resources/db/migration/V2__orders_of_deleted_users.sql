-- Every order of a list of the deleted alone; living users cost these indexes nothing.

create index users_deleted_by_updated on users (tenant_id, updated_at, id) where deleted_at is not null;
create index users_deleted_by_email on users (tenant_id, email_key, id) where deleted_at is not null;
create index users_deleted_by_name on users (tenant_id, name_key, id) where deleted_at is not null;
