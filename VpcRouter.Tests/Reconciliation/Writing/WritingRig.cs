using VpcRouter.Reconciliation;
using VpcRouter.Reconciliation.Ownership;
using VpcRouter.Reconciliation.Writing;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Reconciliation.Writing;

/// <summary>
/// A writer on a VPC in memory and a test's clock. Table rtb-1 routes 10.0.0.0/24 … 10.1.243.0/24 to eni-1; what is created or deleted
/// by number n is 10.8.n.0/24 and so on, which it doesn't hold.
/// </summary>
internal sealed class WritingRig : IDisposable
{
    public WritingRig(WriteLimits? limits = null, int routes = 500)
    {
        Api = new InMemoryVpc(TestVpc.WithHosts(2).WithTable("rtb-1", [.. Enumerable.Range(0, routes).Select(n => TestVpc.Via(Cidr(0, n), "eni-1"))]).Snapshot(), Time);
        Owned = new OwnedRoutes(null, Time, Log);
        Writer = new RouteWriter(Api, OwnWrites, Owned, Backoff, limits ?? new WriteLimits(), new FakeTimeLimiters(Time), Time, Log);
    }

    public AlarmClock Time { get; } = new(TestVpc.Start);

    public InMemoryVpc Api { get; }

    public OwnWrites OwnWrites { get; } = new();

    public WriteBackoff Backoff { get; } = new();

    public RecordedLog Log { get; } = new();

    public OwnedRoutes Owned { get; }

    public RouteWriter Writer { get; }

    public TimeSpan Elapsed => Time.GetUtcNow() - TestVpc.Start;

    public static RouteChange[] Failovers(int count, int from = 0) => [.. Enumerable.Range(from, count).Select(n => Change(RouteChangeKind.Failover, Cidr(0, n), "eni-1", "eni-2"))];

    public static RouteChange[] Repairs(int count, int from = 0) => [.. Enumerable.Range(from, count).Select(n => Change(RouteChangeKind.Repair, Cidr(0, n), "eni-1", "eni-2"))];

    public static RouteChange[] Creates(int count) => [.. Enumerable.Range(0, count).Select(n => Change(RouteChangeKind.Create, Cidr(8, n), null, "eni-1"))];

    public static RouteChange[] Deletes(int count, int from = 0) => [.. Enumerable.Range(from, count).Select(n => Change(RouteChangeKind.Delete, Cidr(0, n), "eni-1", null))];

    public Task Begin(CancellationToken superseded, params RouteChange[] changes) => Writer.WriteAsync([.. changes], null, superseded);

    public async Task<IReadOnlyList<RouteChangeOutcome>> FinishAsync(params RouteChange[] changes)
    {
        var writing = Writer.WriteAsync([.. changes], null, CancellationToken.None);
        await Time.RunUntilAsync(() => writing.IsCompleted, TimeSpan.FromSeconds(0.1));
        return await writing;
    }

    public Task UntilBegunAsync(int count) => Eventually.BeTrueAsync(() => Api.Begun.Count >= count);

    public void Dispose()
    {
        Writer.Dispose();
        Owned.Dispose();
    }

    private static string Cidr(int block, int n) => $"10.{block + (n / 250)}.{n % 250}.0/24";

    private static RouteChange Change(RouteChangeKind kind, string destination, string? from, string? to) =>
        new(kind, "rtb-1", RouteDestination.Parse(destination), Target(from), Target(to), "as the test wants it");

    private static RouteTarget? Target(string? id) => id is null ? null : RouteTarget.OfInterface(id);
}
