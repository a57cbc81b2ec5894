using System.Net;
using VpcRouter.Simulator.Faults;

namespace VpcRouter.Simulator.Model;

/// <summary>
/// The VPC that the simulator serves. Thread-safe: every change is made under one lock and every read sees one moment.
/// </summary>
public sealed class SimulatedVpc
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly CallLog _calls;
    private readonly InstanceLifetimes _lifetimes;
    private readonly ModelHistory _history = new();
    private volatile VpcModel _model;
    private TaskCompletionSource _changed = NewSignal();
    private volatile ActiveFaults _faults;

    internal SimulatedVpc(VpcModel model, TimeProvider time, TimeSpan transitionTime, int callLogCapacity)
    {
        _time = time;
        _lifetimes = new InstanceLifetimes(this, time, transitionTime);
        _calls = new CallLog(callLogCapacity);
        var now = time.GetUtcNow();
        _model = model with
        {
            Instances = model.Instances.SetItems(model.Instances.Select(i =>
                KeyValuePair.Create(i.Key, i.Value with { LaunchTime = now }))),
            Hosts = model.Hosts.SetItems(model.Hosts.Select(h => KeyValuePair.Create(h.Key, h.Value with { Since = now }))),
        };
        _history.Add(now, _model);
        _faults = new ActiveFaults(SimulatorFaults.None, time);
    }

    /// <summary>
    /// Raised after each EC2 call, on the thread that answered it and before its answer is sent. Handlers must be quick and must not
    /// throw; calls answered at the same time may be raised out of the order of their sequence numbers.
    /// </summary>
    public event Action<SimulatorCall>? CallAnswered;

    /// <summary>Raised outside the lock after a change that may have started or ended a host's answering.</summary>
    internal event Action? HostsChanged;

    /// <summary>The id of the VPC.</summary>
    public string VpcId => _model.Vpc.Id;

    /// <summary>The region that the VPC is in.</summary>
    public string Region => _model.Region;

    internal VpcModel Model => _model;

    internal ActiveFaults Faults => _faults;

    /// <summary>A consistent view of route tables and hosts. Costs time proportional to the number of routes.</summary>
    public SimulatorState GetState() => StateReport.Of(_model);

    /// <summary>The answered calls after number <paramref name="since"/>, oldest first; only the newest are kept.</summary>
    /// <param name="since">0, the default, for all that are kept.</param>
    public IReadOnlyList<SimulatorCall> GetCalls(long since = 0) => _calls.Since(since);

    /// <summary>Changes a host's fate. Probe listeners have followed when this returns.</summary>
    /// <param name="address">Any address of the host.</param>
    /// <param name="state">What it becomes.</param>
    /// <exception cref="KeyNotFoundException">No host has that address.</exception>
    /// <exception cref="InvalidOperationException">
    /// The host is terminated, from which only <see cref="HostState.Replaced"/> brings it back.
    /// </exception>
    public void SetHostState(IPAddress address, HostState state)
    {
        ArgumentNullException.ThrowIfNull(address);
        ThrowUnlessDone(TrySetHostState(address, state), address);
    }

    /// <summary>Changes what EC2's status checks say of a host's instance, and with it of all hosts on that instance.</summary>
    /// <param name="address">Any address of the host.</param>
    /// <param name="status">What they say from now on.</param>
    /// <exception cref="KeyNotFoundException">No host has that address.</exception>
    /// <exception cref="InvalidOperationException">The host is terminated.</exception>
    public void SetHostStatus(IPAddress address, HostStatus status)
    {
        ArgumentNullException.ThrowIfNull(address);
        ThrowUnlessDone(TrySetHostStatus(address, status), address);
    }

    /// <summary>Schedules events for a host's instance in place of all that were. An instance that is started again has none.</summary>
    /// <param name="address">Any address of the host.</param>
    /// <param name="events">What EC2 shows from now on; none to clear them.</param>
    /// <exception cref="KeyNotFoundException">No host has that address.</exception>
    /// <exception cref="InvalidOperationException">The host is terminated.</exception>
    public void SetHostEvents(IPAddress address, params IReadOnlyList<SimulatedEvent> events)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(events);
        ThrowUnlessDone(TrySetHostEvents(address, events), address);
    }

    /// <summary>Puts faults in force in place of all that were; calls under way keep theirs. Counts and times start anew.</summary>
    /// <param name="faults">The faults; <see cref="SimulatorFaults.None"/> ends all.</param>
    /// <exception cref="FaultsException">They name a host that isn't there; nothing has changed.</exception>
    public void SetFaults(SimulatorFaults faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        var strangers = faults.Sections.Hosts.Where(fate => _model.FindHost(fate.Address) is null)
            .Select(fate => $"{fate.Path}.address: no host has the address {fate.Address}; use one of {string.Join(", ", _model.HostOrder)}").ToList();
        if (strangers.Count > 0)
            throw new FaultsException("(put in force)", strangers);
        var next = new ActiveFaults(faults, _time);
        Interlocked.Exchange(ref _faults, next).End();
        next.Fates.Begin(TryBefall);
    }

    /// <summary>The faults in force and how often each struck.</summary>
    public FaultReport GetFaults() => _faults.Report();

    /// <summary>Completes as soon as the VPC satisfies a condition, which is tried now and after every change.</summary>
    /// <param name="condition">Tried on the caller's or a thread-pool thread; several changes in a row may be seen as one.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The state that satisfied the condition.</returns>
    public async Task<SimulatorState> WaitForAsync(Func<SimulatorState, bool> condition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        while (true)
        {
            Task changed;
            lock (_gate)
                changed = _changed.Task;
            var state = GetState();
            if (condition(state))
                return state;
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    internal HostStateOutcome TrySetHostState(IPAddress address, HostState state)
    {
        var outcome = HostStateOutcome.Done;
        var (before, after) = Update(model =>
        {
            if (model.FindHost(address) is not { } host)
                outcome = HostStateOutcome.UnknownHost;
            else if (!HostRules.CanBecome(model, host, state))
                outcome = HostStateOutcome.Terminated;
            else
                return HostRules.Become(model, host, state, _time.GetUtcNow());
            return model;
        });
        if (before.FindHost(address) is { } changed)
            _lifetimes.ForgetLater(changed.InstanceId, before, after);
        return outcome;
    }

    internal HostStateOutcome TrySetHostStatus(IPAddress address, HostStatus status) =>
        TryUpdateInstance(address, (model, id) => InstanceRules.SetStatus(model, id, status, _time.GetUtcNow()));

    internal HostStateOutcome TrySetHostEvents(IPAddress address, IReadOnlyList<SimulatedEvent> events) =>
        TryUpdateInstance(address, (model, id) => InstanceRules.SetEvents(model, id, [.. events], _time.GetUtcNow()));

    /// <summary>The VPC as it was at a moment, as far back as the history goes.</summary>
    internal VpcModel ModelAt(DateTimeOffset moment)
    {
        lock (_gate)
            return _history.At(moment);
    }

    /// <summary>Replaces the model by what <paramref name="change"/> makes of it; a change that throws changes nothing.</summary>
    /// <returns>The model before and after.</returns>
    internal (VpcModel Before, VpcModel After) Update(Func<VpcModel, VpcModel> change)
    {
        VpcModel before, after;
        TaskCompletionSource changed;
        lock (_gate)
        {
            before = _model;
            after = change(before);
            if (ReferenceEquals(before, after))
                return (before, after);
            _model = after;
            _history.Add(_time.GetUtcNow(), after);
            changed = _changed;
            _changed = NewSignal();
        }

        if (!ReferenceEquals(before.Hosts, after.Hosts) || !ReferenceEquals(before.Instances, after.Instances))
            HostsChanged?.Invoke();
        changed.SetResult();
        return (before, after);
    }

    /// <summary>Applies a rule of <see cref="InstanceRules"/> to instances, all or none; passing states then pass in due time.</summary>
    internal (VpcModel Before, VpcModel After) Change(IReadOnlyList<string> instanceIds,
        Func<VpcModel, string, DateTimeOffset, VpcModel> rule)
    {
        var now = _time.GetUtcNow();
        var (before, after) = Update(model => instanceIds.Aggregate(model, (m, id) => rule(m, id, now)));
        foreach (var id in instanceIds)
        {
            if (before.Instances[id].State != after.Instances[id].State)
                _lifetimes.SettleLater(id, after.Instances[id].Generation);
        }

        return (before, after);
    }

    internal void Record(SimulatorCall call)
    {
        // On a line of its own: as an argument it would be skipped while nobody listens.
        var numbered = _calls.Add(call);
        CallAnswered?.Invoke(numbered);
    }

    /// <summary>Ends the transitions under way: nothing changes by itself any more.</summary>
    internal void Close()
    {
        _faults.End();
        _lifetimes.Close();
    }

    /// <summary>Changes a host's instance, unless it is terminated.</summary>
    private HostStateOutcome TryUpdateInstance(IPAddress address, Func<VpcModel, string, VpcModel> rule)
    {
        var outcome = HostStateOutcome.Done;
        Update(model =>
        {
            if (model.FindHost(address) is not { } host)
                outcome = HostStateOutcome.UnknownHost;
            else if (model.Instances[host.InstanceId].State == InstanceState.Terminated)
                outcome = HostStateOutcome.Terminated;
            else
                return rule(model, host.InstanceId);
            return model;
        });
        return outcome;
    }

    private bool TryBefall(HostFate fate)
    {
        try
        {
            var (before, after) = Update(model => FateRules.Befall(model, fate, _time.GetUtcNow()));
            if (before.FindHost(fate.Address) is { } changed)
                _lifetimes.ForgetLater(changed.InstanceId, before, after);
            return true;
        }
        catch (Ec2Exception)
        {
            // What befell the host earlier has made it impossible; the count of strikes shows that it never came.
            return false;
        }
    }

    private static void ThrowUnlessDone(HostStateOutcome outcome, IPAddress address)
    {
        switch (outcome)
        {
            case HostStateOutcome.UnknownHost:
                throw new KeyNotFoundException($"No simulated host has the address {address}.");
            case HostStateOutcome.Terminated:
                throw new InvalidOperationException($"The host {address} is terminated; only the state 'replaced' brings it back.");
            default:
                return;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
