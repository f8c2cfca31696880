-- Who publishes may have lost the way to the stream, while another instance still has one.

alter table relay_lease add column offered boolean not null default false;
comment on column relay_lease.offered is 'whether an instance that can do better may take it before it expires';
