using System.Collections.Immutable;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Support;

/// <summary>
/// A VPC in memory with EC2's rules for writes. It can be told to fail, to show an older state, and to hold calls until they are
/// released. Routes to the interface of a stopped instance are shown as blackholes. Thread-safe.
/// </summary>
internal sealed class InMemoryVpcApi(TestVpc vpc, TimeProvider time) : IVpcApi
{
    private readonly Lock _lock = new();
    private VpcSnapshot _state = vpc.Snapshot();
    private VpcSnapshot? _shown;
    private ImmutableList<VpcWrite> _begun = [];
    private ImmutableList<VpcWrite> _done = [];
    private int _looks;

    public ImmutableHashSet<string> StoppedInterfaces { get; set; } = [];

    /// <summary>Asked at each write; what it returns is thrown.</summary>
    public Func<VpcWrite, Exception?> FailWrite { get; set; } = _ => null;

    /// <summary>Asked at each look; what it returns is thrown.</summary>
    public Func<Exception?> FailLook { get; set; } = () => null;

    /// <summary>Awaited by each write after it was logged as begun.</summary>
    public Func<VpcWrite, Task> HoldWrite { get; set; } = _ => Task.CompletedTask;

    /// <summary>Awaited by each write that was carried out, before its answer.</summary>
    public Func<VpcWrite, Task> HoldAnswer { get; set; } = _ => Task.CompletedTask;

    /// <summary>Awaited by each look after it was counted.</summary>
    public Task HoldLook { get; set; } = Task.CompletedTask;

    public ImmutableList<VpcWrite> Begun => Volatile.Read(ref _begun);

    public ImmutableList<VpcWrite> Done => Volatile.Read(ref _done);

    public int Looks => Volatile.Read(ref _looks);

    public static VpcApiException Error(VpcApiErrorKind kind) => new(kind, kind.ToString(), "as the test wants it");

    /// <summary>Where a route points, or <see langword="null"/> when there is none.</summary>
    public RouteTarget? TargetOf(string table, string destination)
    {
        lock (_lock)
            return Find(table, RouteDestination.Parse(destination))?.Target;
    }

    /// <summary>Changes the VPC behind everybody's back.</summary>
    public void Become(TestVpc changed)
    {
        lock (_lock)
            _state = changed.Snapshot();
    }

    /// <summary>From now on looks show the state as it is now, whatever is written.</summary>
    public void FreezeView()
    {
        lock (_lock)
            _shown = _state;
    }

    public void ThawView()
    {
        lock (_lock)
            _shown = null;
    }

    public async Task<VpcSnapshot> GetSnapshotAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _looks);
        var takenAt = time.GetUtcNow();
        await HoldLook.WaitAsync(cancellationToken);
        if (FailLook() is { } error)
            throw error;
        lock (_lock)
        {
            var shown = _shown ?? _state;
            return new VpcSnapshot(shown.VpcId, takenAt, [.. shown.RouteTables.Select(AsShown)], shown.NetworkInterfaces);
        }
    }

    public Task CreateRouteAsync(string routeTableId, RouteDestination destination, RouteTarget target, CancellationToken cancellationToken) =>
        WriteAsync(new VpcWrite(VpcAction.Create, routeTableId, destination, target), (table, existing) => existing switch
        {
            null => table with { Routes = table.Routes.Add(new Route(destination, target)) },
            _ when existing.Target == target => table,
            _ => throw Error(VpcApiErrorKind.RouteAlreadyExists),
        });

    public Task ReplaceRouteAsync(string routeTableId, RouteDestination destination, RouteTarget target, CancellationToken cancellationToken) =>
        WriteAsync(new VpcWrite(VpcAction.Replace, routeTableId, destination, target), (table, existing) => existing is null
            ? throw Error(VpcApiErrorKind.RouteNotFound)
            : table with { Routes = table.Routes.Replace(existing, new Route(destination, target)) });

    public Task DeleteRouteAsync(string routeTableId, RouteDestination destination, CancellationToken cancellationToken) =>
        WriteAsync(new VpcWrite(VpcAction.Delete, routeTableId, destination, null), (table, existing) => existing is null
            ? throw Error(VpcApiErrorKind.RouteNotFound)
            : table with { Routes = table.Routes.Remove(existing) });

    private async Task WriteAsync(VpcWrite write, Func<RouteTable, Route?, RouteTable> change)
    {
        ImmutableInterlocked.Update(ref _begun, begun => begun.Add(write));
        await HoldWrite(write);
        if (FailWrite(write) is { } error)
            throw error;
        lock (_lock)
        {
            var existing = Find(write.RouteTableId, write.Destination);
            _state = _state.WithRouteTables([.. _state.RouteTables.Select(table => table.Id == write.RouteTableId ? change(table, existing) : table)]);
        }

        ImmutableInterlocked.Update(ref _done, done => done.Add(write));
        await HoldAnswer(write);
    }

    private Route? Find(string table, RouteDestination destination) =>
        _state.RouteTables.Single(candidate => candidate.Id == table).Routes.FirstOrDefault(route => route.IsCreated && route.Destination == destination);

    private RouteTable AsShown(RouteTable table) => table with { Routes = [.. table.Routes.Select(AsShown)] };

    private Route AsShown(Route route) =>
        route.Target.Kind == RouteTargetKind.NetworkInterface && StoppedInterfaces.Contains(route.Target.Id) ? route with { State = RouteState.Blackhole } : route;
}
