-- Whether an event of a user is pending: with each change of a user it is asked.
create index outbox_by_user on outbox (user_id);
