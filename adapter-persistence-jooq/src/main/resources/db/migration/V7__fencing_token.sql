-- Who was frozen or cut off on the way to the database can't write for the stream afterwards.

alter table relay_lease add column token bigint not null default 0;
comment on column relay_lease.token is 'how often the lease was had; what is written for the stream shows it';
