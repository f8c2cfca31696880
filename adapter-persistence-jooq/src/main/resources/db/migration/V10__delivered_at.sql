-- How long the stream keeps an event counts from when it was given it: long after it happened, if the stream was away.
alter table deliveries add column delivered_at timestamptz not null default now();
comment on column deliveries.delivered_at is 'last time; the stream may have it a little longer';
