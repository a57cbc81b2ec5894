namespace VpcRouter.Simulator.Model;

/// <summary>What becomes of instances by itself: those that start or stop have done so after a while, and those that are terminated are forgotten. Thread-safe.</summary>
/// <param name="vpc">Where they are.</param>
/// <param name="time">The clock.</param>
/// <param name="transitionTime">How long starting and stopping takes.</param>
internal sealed class InstanceLifetimes(SimulatedVpc vpc, TimeProvider time, TimeSpan transitionTime)
{
    // EC2 shows terminated instances for about an hour.
    private static readonly TimeSpan MemoryOfTerminated = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ITimer> _timers = [];
    private bool _closed;

    /// <summary>Has an instance end its passing state in due time.</summary>
    public void SettleLater(string id, int generation)
    {
        if (transitionTime == TimeSpan.Zero)
        {
            Settle(id, generation);
            return;
        }

        lock (_lock)
        {
            // A concurrent change may have overtaken this one and set the timer already.
            if (vpc.Model.Instances[id].Generation == generation)
                SetTimer(id, () => Settle(id, generation), transitionTime);
        }
    }

    /// <summary>Has an instance that was terminated between two states of the model be forgotten in due time.</summary>
    public void ForgetLater(string id, VpcModel before, VpcModel after)
    {
        if (before.Instances[id].State == after.Instances[id].State || after.Instances[id].State != InstanceState.Terminated)
            return;
        lock (_lock)
            SetTimer(id, () => vpc.Update(model => InstanceRules.Forget(model, id)), MemoryOfTerminated);
    }

    /// <summary>From here on nothing changes by itself any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var timer in _timers.Values)
                timer.Dispose();
            _timers.Clear();
        }
    }

    private void Settle(string id, int generation)
    {
        var (before, after) = vpc.Update(model => InstanceRules.Settle(model, id, generation, time.GetUtcNow()));
        ForgetLater(id, before, after);
    }

    private void SetTimer(string id, Action expired, TimeSpan due)
    {
        if (_closed)
            return;
        if (_timers.Remove(id, out var late))
            late.Dispose();
        _timers[id] = time.CreateTimer(_ => expired(), null, due, Timeout.InfiniteTimeSpan);
    }
}
