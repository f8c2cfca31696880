-- What is found in the stream is looked up by its id. Ids grow with time: the index grows at its end.

create index user_events_by_id on user_events (id);
