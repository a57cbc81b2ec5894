namespace VpcRouter.Probing;

/// <summary>What becomes of probes, and what follows for their hosts.</summary>
internal sealed partial class ProbeCore
{
    private void Answer(int place, TimeSpan now, TimeSpan? roundTrip)
    {
        var host = _flights[place].Host;
        ref var state = ref _hosts[host];
        // The usual estimator (RFC 6298): an eighth of the difference.
        if (roundTrip is { } took)
            state.Smoothed = state.Smoothed == TimeSpan.Zero ? took : new TimeSpan(state.Smoothed.Ticks + ((took.Ticks - state.Smoothed.Ticks) >> SmoothingShift));
        observer.ProbeAnswered(host, roundTrip);
        if (_flights[place].State == FlightState.Settled)
        {
            End(place);
            return;
        }

        SettleBefore(place);
        var sentAt = _flights[place].SentAt;
        End(place);
        Record(host, success: true, "", sentAt, now);
        CountRefusals(host, now);
    }

    private void Refuse(int place, TimeSpan now, string reason)
    {
        var host = _flights[place].Host;
        observer.ProbeFailed(host);
        if (_flights[place].State == FlightState.Settled)
        {
            End(place);
            return;
        }

        _flights[place].State = FlightState.Refused;
        _flights[place].Reason = reason;
        CountRefusals(host, now);
    }

    private void GiveUp(int place, TimeSpan now, string reason)
    {
        var host = _flights[place].Host;
        observer.ProbeInconclusive(host, reason);
        var counted = _flights[place].State != FlightState.Settled;
        End(place);
        if (!counted)
            return;
        _tracker.RecordInconclusive(host);
        // Not at a suspect's pace: the trouble is this machine's, and probing everybody faster would only add to it.
        ref var state = ref _hosts[host];
        state.SuspectDue = now + Min(timing.Interval, StartUp);
        if (!_tracker.IsHostDecided(host))
            state.Due = Min(state.Due, state.SuspectDue);
        CountRefusals(host, now);
    }

    /// <summary>Ends the probes whose deadlines have passed.</summary>
    private void Expire(int host, TimeSpan now)
    {
        ref var state = ref _hosts[host];
        while (state.Oldest is var place and not FlightTable.None && _flights[place].SentAt + timing.Timeout <= now)
        {
            var sentAt = _flights[place].SentAt;
            var wasSettled = _flights[place].State == FlightState.Settled;
            var missed = WasMissed(place);
            observer.ProbeAbandoned(_flights.NumberOf(place));
            if (!missed)
                observer.ProbeFailed(host);
            End(place);
            if (wasSettled)
                continue;
            if (missed)
                state.Due = now;
            else
                Record(host, success: false, _noAnswer, sentAt, now);
            CountRefusals(host, now);
            if (state.Undecided == 0)
                state.SuspectDue = now;
        }
    }

    /// <summary>Whether the deadline passed while nobody could look: an answer may have come and been lost meanwhile.</summary>
    private bool WasMissed(int place)
    {
        var sentAt = _flights[place].SentAt;
        var deadline = sentAt + timing.Timeout;
        foreach (var (at, until) in _stalls)
        {
            if (sentAt <= at && deadline >= at && deadline <= until)
                return true;
        }

        return false;
    }

    /// <summary>An answer to this probe makes what was sent before it irrelevant for verdicts; refusals among it are over, the rest may yet be answered.</summary>
    private void SettleBefore(int place)
    {
        var host = _flights[place].Host;
        for (var older = _hosts[host].Oldest; older != place;)
        {
            var next = _flights[older].Next;
            if (_flights[older].State == FlightState.Refused)
            {
                End(older);
            }
            else if (_flights[older].State == FlightState.Pending)
            {
                _flights[older].State = FlightState.Settled;
                _hosts[host].Undecided--;
            }

            older = next;
        }
    }

    /// <summary>Counts the refusals that no longer wait for an older probe.</summary>
    private void CountRefusals(int host, TimeSpan now)
    {
        for (var place = _hosts[host].Oldest; place != FlightTable.None;)
        {
            ref readonly var flight = ref _flights[place];
            var next = flight.Next;
            if (flight.State == FlightState.Pending)
                return;
            if (flight.State == FlightState.Refused)
            {
                var (reason, sentAt) = (flight.Reason!, flight.SentAt);
                End(place);
                Record(host, success: false, reason, sentAt, now);
            }

            place = next;
        }
    }

    private void Record(int host, bool success, string reason, TimeSpan sentAt, TimeSpan now)
    {
        if (!success && _tracker.FailureRun(host) == 0)
            _hosts[host].FailingSince = sentAt;
        if (!_tracker.Record(host, success))
            return;
        Version++;
        if (success)
            observer.HostBack(host);
        else
            observer.HostFailed(host, reason, now - _hosts[host].FailingSince);
    }

    /// <summary>Takes a probe out of its host's list.</summary>
    private void End(int place)
    {
        ref var state = ref _hosts[_flights[place].Host];
        var before = FlightTable.None;
        for (var at = state.Oldest; at != place; at = _flights[at].Next)
            before = at;
        var next = _flights[place].Next;
        if (before == FlightTable.None)
            state.Oldest = next;
        else
            _flights[before].Next = next;
        if (next == FlightTable.None)
            state.Youngest = before;
        if (_flights[place].State != FlightState.Settled)
            state.Undecided--;
        _flights.Remove(place);
    }
}
