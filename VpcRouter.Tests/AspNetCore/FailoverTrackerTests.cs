using VpcRouter.AspNetCore.Events;
using VpcRouter.Hosting.Events;
using VpcRouter.Reconciliation;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.AspNetCore;

public class FailoverTrackerTests
{
    private FailoverTracker _tracker = null!;

    [SetUp]
    public void MakeTracker() => _tracker = new FailoverTracker();

    [Test]
    public void On_HostFails_TellsOneFailoverWithItsTimes()
    {
        var (a, b) = (EventSamples.Move("rtb-1"), EventSamples.Move("rtb-2"));

        var last = Feed(EventSamples.Verdict, EventSamples.Plan(a, b), EventSamples.Write(a, 9), EventSamples.Write(b, 11))[^1];

        last.IsComplete.Should().BeTrue();
        (last.From, last.Moved, last.Refused).Should().Be(("10.0.0.1", 2, 0));
        last.To.Should().Equal(new Dictionary<string, int> { ["10.0.0.2"] = 2 });
        (last.DecisionMs, last.ApiMs, last.TotalMs).Should().Be((2, 6, 11));
    }

    [Test]
    public void On_WritesGo_TellsBeginFirstAndEndUnderOneName()
    {
        var moves = Enumerable.Range(1, 4).Select(i => EventSamples.Move($"rtb-{i}")).ToArray();

        var told = Feed([EventSamples.Plan(moves), .. moves.Select(move => EventSamples.Write(move, 5))]);

        told.Select(failover => failover.Moved).Should().Equal(0, 1, 4);
        told.Select(failover => failover.Id).Distinct().Should().ContainSingle();
    }

    [Test]
    public void On_WriteRefusedAndPlannedAgain_IsOneFailoverThatEnds()
    {
        var (a, b) = (EventSamples.Move("rtb-1"), EventSamples.Move("rtb-2"));

        var last = Feed(EventSamples.Plan(a, b), EventSamples.Write(a, 5), EventSamples.Write(b, 6, InMemoryVpc.Error(VpcApiErrorKind.Throttled)), EventSamples.Plan(b), EventSamples.Write(b, 1000))[^1];

        (last.Id, last.Moved, last.Refused, last.IsComplete, last.TotalMs).Should().Be(("f1", 2, 1, true, 1000));
    }

    [Test]
    public void On_HostFailsAgain_IsAnotherFailover()
    {
        var move = EventSamples.Move("rtb-1");
        var again = move with { VerdictAt = EventSamples.After(60_000) };

        Feed(EventSamples.Plan(move), EventSamples.Write(move, 5), EventSamples.Plan(again), EventSamples.Write(again, 60_005)).Select(failover => failover.Id).Distinct().Should().Equal("f1", "f2");
    }

    [Test]
    public void On_NextPlanWantsNoneOfIt_Ends()
    {
        var told = Feed(EventSamples.Plan(EventSamples.Move("rtb-1")), EventSamples.Plan(EventSamples.Move("rtb-2", kind: RouteChangeKind.Create)));

        told[^1].Should().Match<Failover>(failover => failover.IsComplete && failover.Moved == 0);
    }

    [Test]
    public void On_DryRunOrOtherChanges_TellsNothing() =>
        Feed(EventSamples.Plan(EventSamples.Move("rtb-1")) with { DryRun = true }, EventSamples.Plan(EventSamples.Move("rtb-1", kind: RouteChangeKind.Create)), EventSamples.Spec()).Should().BeEmpty();

    private List<Failover> Feed(params RouterEvent[] events) => [.. events.SelectMany(_tracker.On)];
}
