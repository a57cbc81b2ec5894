using System.Buffers;
using VpcRouter.Hosting.Events;
using VpcRouter.Hosting.Journaling;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Hosting.Journaling;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class JournalMemoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Test]
    public void OwnedRoutesOf_DefaultRouteWritten_HoldsItsNewestTarget()
    {
        Write("journal", Wrote("0.0.0.0/0", "eni-1"), Wrote("0.0.0.0/0", "eni-2"));

        Owned().Should().Equal("0.0.0.0/0 eni-2");
    }

    [Test]
    public void OwnedRoutesOf_PlainRoute_HoldsNothing()
    {
        Write("journal", Wrote("10.1.0.0/16", "eni-1"));

        Owned().Should().BeEmpty();
    }

    [Test]
    public void OwnedRoutesOf_FallbackWritten_HoldsIt()
    {
        Write("journal", Wrote("10.1.0.0/16", "nat-1"));

        Owned().Should().Equal("10.1.0.0/16 nat-1");
    }

    [Test]
    public void OwnedRoutesOf_FallbackLeftAgain_HoldsNothing()
    {
        Write("journal", Wrote("10.1.0.0/16", "nat-1"), Wrote("10.1.0.0/16", "eni-1"));

        Owned().Should().BeEmpty();
    }

    [Test]
    public void OwnedRoutesOf_Deleted_HoldsNothing()
    {
        Write("journal", Wrote("0.0.0.0/0", "eni-1"), Wrote("0.0.0.0/0", null));

        Owned().Should().BeEmpty();
    }

    [Test]
    public void OwnedRoutesOf_Refused_HoldsWhatWasBefore()
    {
        Write("journal", Wrote("0.0.0.0/0", "eni-1"), Wrote("0.0.0.0/0", "eni-2", VpcApiErrorKind.Unauthorized));

        Owned().Should().Equal("0.0.0.0/0 eni-1");
    }

    [Test]
    public void OwnedRoutesOf_FilesSetAside_AreReadOldestFirst()
    {
        Write("journal.2", Wrote("0.0.0.0/0", "eni-1"));
        Write("journal.1", Wrote("0.0.0.0/0", "eni-2"));
        Write("journal", Wrote("10.1.0.0/16", "eni-1"));

        Owned().Should().Equal("0.0.0.0/0 eni-2");
    }

    [Test]
    public void OwnedRoutesOf_LineCutOff_IsPassedOver()
    {
        Write("journal", Wrote("0.0.0.0/0", "eni-1"));
        File.AppendAllText(_folder["journal"], """{"time":"2026-01-01T00:00:00Z","kind":"write","vpc":"vpc-1","change":"failover","destination":"0.0.0.0/0","table":"rtb-1","to":"eni""");

        Owned().Should().Equal("0.0.0.0/0 eni-1");
    }

    [Test]
    public void OwnedRoutesOf_AnotherVpc_HoldsNothing()
    {
        Write("journal", Wrote("0.0.0.0/0", "eni-1"));

        JournalMemory.OwnedRoutesOf(_folder["journal"], 5, "vpc-2").Should().BeEmpty();
    }

    [Test]
    public void OwnedRoutesOf_NoJournalYet_HoldsNothing() => Owned().Should().BeEmpty();

    public void Dispose() => _folder.Dispose();

    private static WriteEvent Wrote(string destination, string? to, VpcApiErrorKind? error = null)
    {
        RouteTarget? target = to is null ? null : RouteTarget.TryParseFallback(to, out var parsed) ? parsed : throw new ArgumentException(to);
        var change = new RouteChange(RouteChangeKind.Repair, "rtb-1", RouteDestination.Parse(destination), null, target, "as the test wants it");
        return new WriteEvent(new RouteChangeOutcome(change, TestVpc.Start, error is { } kind ? InMemoryVpc.Error(kind) : null));
    }

    private void Write(string name, params WriteEvent[] writes)
    {
        var lines = new JournalLines(() => "vpc-1");
        var written = new ArrayBufferWriter<byte>();
        foreach (var write in writes)
            lines.Add(write, written);
        File.WriteAllBytes(_folder[name], written.WrittenSpan);
    }

    private IEnumerable<string> Owned() =>
        JournalMemory.OwnedRoutesOf(_folder["journal"], 5, "vpc-1").Select(route => $"{route.Destination} {route.Target}");
}
