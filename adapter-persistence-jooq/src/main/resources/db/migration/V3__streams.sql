-- Which stream held what, so that a stream that forgets what it acknowledged is found out.

create table streams (
  no          integer generated always as identity primary key,
  incarnation text not null,
  first_seq   bigint not null
);
comment on table streams is 'one row for each time that the stream was made anew; deliveries are to the last one';
comment on column streams.first_seq is 'oldest message that it was seen to hold: what its limits or a purge removed is not lost';

alter table deliveries
  add column stream_no integer not null default 1,
  alter column stream_seq drop not null,
  drop constraint deliveries_pkey;
drop index deliveries_by_tenant;
alter table deliveries add primary key (tenant_id, position);
comment on column deliveries.stream_seq is 'null when the stream has lost it and it is to be published again';

create index deliveries_in_stream on deliveries (stream_no, stream_seq) where stream_seq is not null;
