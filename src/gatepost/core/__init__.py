"""What every package stands on and none may walk around: scope, audit, errors, clock, logs. It knows no school life."""
