using System.Collections.Immutable;
using System.Net;
using VpcRouter.RouteSpecs;
using VpcRouter.Testing.InMemory;
using VpcRouter.Vpc;

namespace VpcRouter.Testing;

/// <summary>
/// A VPC in memory with EC2's rules for writes: what exists can't be created, what is missing can't be replaced or deleted, an interface
/// must be there, and a route to a stopped or terminated instance is a blackhole. It can be told to fail, to be slow and to show an
/// older state. Thread-safe.
/// </summary>
public sealed class InMemoryVpc : IVpcApi
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private VpcState _state;
    private VpcState? _shown;
    private ImmutableList<VpcWrite> _begun = [];
    private ImmutableList<VpcWrite> _done = [];
    private int _looks;

    /// <summary>Makes a VPC without anything in it, called <c>vpc-1</c>.</summary>
    /// <param name="time">Dates the looks; <see langword="null"/> for the system's clock.</param>
    public InMemoryVpc(TimeProvider? time = null)
        : this(new VpcSnapshot("vpc-1", DateTimeOffset.UnixEpoch, [], []), time)
    {
    }

    /// <summary>Makes a VPC that looks like a snapshot.</summary>
    /// <param name="initial">What there is at first.</param>
    /// <param name="time">Dates the looks; <see langword="null"/> for the system's clock.</param>
    public InMemoryVpc(VpcSnapshot initial, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(initial);
        _state = VpcState.Of(initial);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Asked at each write before it is carried out; what it returns is thrown instead. Default: nothing fails.</summary>
    public Func<VpcWrite, Exception?> FailWrite { get; set; } = _ => null;

    /// <summary>Asked at each look; what it returns is thrown instead. Default: nothing fails.</summary>
    public Func<Exception?> FailLook { get; set; } = () => null;

    /// <summary>Awaited by each write before it is carried out, once it stands in <see cref="Begun"/>. Default: no wait.</summary>
    public Func<VpcWrite, Task> HoldWrite { get; set; } = _ => Task.CompletedTask;

    /// <summary>Awaited by each write that was carried out, before its answer: throw here for an answer that got lost. Default: no wait.</summary>
    public Func<VpcWrite, Task> HoldAnswer { get; set; } = _ => Task.CompletedTask;

    /// <summary>Awaited by each look after it was counted. Default: no wait.</summary>
    public Func<Task> HoldLook { get; set; } = () => Task.CompletedTask;

    /// <summary>The writes asked for, in their order.</summary>
    public ImmutableList<VpcWrite> Begun => Volatile.Read(ref _begun);

    /// <summary>The writes carried out, in their order.</summary>
    public ImmutableList<VpcWrite> Done => Volatile.Read(ref _done);

    /// <summary>How often the VPC was looked at.</summary>
    public int Looks => Volatile.Read(ref _looks);

    /// <summary>An error as the real API gives it, to be returned by <see cref="FailWrite"/> or <see cref="FailLook"/>.</summary>
    /// <param name="kind">What it means, for example <see cref="VpcApiErrorKind.Throttled"/>.</param>
    public static VpcApiException Error(VpcApiErrorKind kind) => new(kind, kind switch
    {
        VpcApiErrorKind.RouteNotFound => "InvalidRoute.NotFound",
        VpcApiErrorKind.Throttled => "RequestLimitExceeded",
        VpcApiErrorKind.Unauthorized => "UnauthorizedOperation",
        VpcApiErrorKind.VpcNotFound => "InvalidVpcID.NotFound",
        VpcApiErrorKind.Refused => "InvalidParameterValue",
        _ => kind.ToString(),
    }, "as the test wants it");

    /// <summary>Adds a host: an interface with one address, attached to a running instance of its own.</summary>
    /// <param name="address">Its private address.</param>
    /// <param name="networkInterface">The interface's id, for example <c>eni-1</c>; the instance is then <c>i-1</c>.</param>
    /// <param name="zone">The availability zone; there is one subnet a zone, <c>subnet-a</c> in zone <c>a</c>.</param>
    /// <exception cref="FormatException">The address is none.</exception>
    public void AddHost(string address, string networkInterface, string zone = "a")
    {
        ArgumentNullException.ThrowIfNull(networkInterface);
        Put(new NetworkInterface(networkInterface, SubnetOf(zone), zone, [IPAddress.Parse(address)]) { InstanceId = "i-" + networkInterface.Replace("eni-", "", StringComparison.Ordinal) });
    }

    /// <summary>Adds a route table that serves a zone's subnet.</summary>
    /// <param name="id">Its id, for example <c>rtb-1</c>.</param>
    /// <param name="zone">The availability zone.</param>
    public void AddRouteTable(string id, string zone = "a") => Put(new RouteTable(id, []) { SubnetIds = [SubnetOf(zone)], Zones = [zone] });

    /// <summary>Adds an interface, or replaces the one with its id.</summary>
    public void Put(NetworkInterface networkInterface)
    {
        ArgumentNullException.ThrowIfNull(networkInterface);
        Change(state => state with { Interfaces = [.. state.Interfaces.Where(item => item.Id != networkInterface.Id), networkInterface] });
    }

    /// <summary>Adds a route table, or replaces the one with its id, routes and all.</summary>
    public void Put(RouteTable routeTable)
    {
        ArgumentNullException.ThrowIfNull(routeTable);
        Change(state => state with { Tables = state.Tables.SetItem(routeTable.Id, routeTable) });
    }

    /// <summary>Stops an instance: routes to its interfaces become blackholes.</summary>
    /// <param name="id">The instance, for example <c>i-1</c>.</param>
    public void StopInstance(string id) => Change(state => state with { StoppedInstances = state.StoppedInstances.Add(id) });

    /// <summary>Starts a stopped instance again.</summary>
    /// <param name="id">The instance.</param>
    public void StartInstance(string id) => Change(state => state with { StoppedInstances = state.StoppedInstances.Remove(id) });

    /// <summary>Terminates an instance: its interfaces go with it, and routes to them become blackholes.</summary>
    /// <param name="id">The instance.</param>
    public void TerminateInstance(string id) => Change(state => state with { Interfaces = state.Interfaces.RemoveAll(item => item.InstanceId == id) });

    /// <summary>Changes everything at once, as somebody else might, behind the back of whoever looks.</summary>
    /// <param name="changed">What there is from now on.</param>
    public void Become(VpcSnapshot changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        Change(state => VpcState.Of(changed) with { StoppedInstances = state.StoppedInstances });
    }

    /// <summary>Where a route points, or <see langword="null"/> when nobody created one.</summary>
    /// <param name="routeTableId">The route table.</param>
    /// <param name="destination">The route's destination.</param>
    public RouteTarget? TargetOf(string routeTableId, string destination)
    {
        lock (_lock)
            return _state.RouteAt(routeTableId, RouteDestination.Parse(destination))?.Target;
    }

    /// <summary>From now on looks show the VPC as it is now, whatever is written: EC2 is eventually consistent.</summary>
    public void FreezeView()
    {
        lock (_lock)
            _shown = _state;
    }

    /// <summary>Looks show what is again.</summary>
    public void ThawView()
    {
        lock (_lock)
            _shown = null;
    }

    /// <inheritdoc/>
    public async Task<VpcSnapshot> GetSnapshotAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _looks);
        var takenAt = _time.GetUtcNow();
        await HoldLook().WaitAsync(cancellationToken).ConfigureAwait(false);
        if (FailLook() is { } error)
            throw error;
        lock (_lock)
        {
            var shown = _shown ?? _state;
            return shown.Show(takenAt, shown);
        }
    }

    /// <inheritdoc/>
    public Task CreateRouteAsync(string routeTableId, RouteDestination destination, RouteTarget target, CancellationToken cancellationToken) =>
        WriteAsync(new VpcWrite(VpcAction.Create, routeTableId, destination, target));

    /// <inheritdoc/>
    public Task ReplaceRouteAsync(string routeTableId, RouteDestination destination, RouteTarget target, CancellationToken cancellationToken) =>
        WriteAsync(new VpcWrite(VpcAction.Replace, routeTableId, destination, target));

    /// <inheritdoc/>
    public Task DeleteRouteAsync(string routeTableId, RouteDestination destination, CancellationToken cancellationToken) =>
        WriteAsync(new VpcWrite(VpcAction.Delete, routeTableId, destination, null));

    private static string SubnetOf(string zone) => $"subnet-{zone}";

    private async Task WriteAsync(VpcWrite write)
    {
        ImmutableInterlocked.Update(ref _begun, begun => begun.Add(write));
        await HoldWrite(write).ConfigureAwait(false);
        if (FailWrite(write) is { } error)
            throw error;
        Change(state => state.Apply(write));
        ImmutableInterlocked.Update(ref _done, done => done.Add(write));
        await HoldAnswer(write).ConfigureAwait(false);
    }

    private void Change(Func<VpcState, VpcState> change)
    {
        lock (_lock)
            _state = change(_state);
    }
}
