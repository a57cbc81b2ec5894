namespace VpcRouter.Simulator.Faults;

/// <summary>Lets the hosts' fates come to pass in due time. Thread-safe. Ending it spares the hosts what is still to come.</summary>
internal sealed class FateSchedule(IReadOnlyList<HostFate> fates, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<ITimer> _timers = [];
    private readonly Dictionary<string, long> _struck = fates.ToDictionary(fate => fate.Path, _ => 0L);
    private bool _ended;

    /// <summary>How often each fate came to pass: not at all or once.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Counts
    {
        get
        {
            lock (_gate)
                return [.. _struck];
        }
    }

    /// <summary>Begins; what is due at once has come to pass when this returns.</summary>
    /// <param name="carryOut">Carries a fate out and says whether that was possible.</param>
    public void Begin(Func<HostFate, bool> carryOut)
    {
        foreach (var fate in fates)
        {
            if (fate.After == TimeSpan.Zero)
                Strike(fate, carryOut);
            else
                StrikeLater(fate, carryOut);
        }
    }

    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            foreach (var timer in _timers)
                timer.Dispose();
            _timers.Clear();
        }
    }

    private void StrikeLater(HostFate fate, Func<HostFate, bool> carryOut)
    {
        lock (_gate)
        {
            if (!_ended)
                _timers.Add(time.CreateTimer(_ => Strike(fate, carryOut), null, fate.After, Timeout.InfiniteTimeSpan));
        }
    }

    private void Strike(HostFate fate, Func<HostFate, bool> carryOut)
    {
        lock (_gate)
        {
            if (_ended)
                return;
        }

        if (!carryOut(fate))
            return;
        lock (_gate)
            _struck[fate.Path]++;
    }
}
