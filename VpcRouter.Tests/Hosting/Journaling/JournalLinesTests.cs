using System.Buffers;
using System.Text;
using System.Text.Json;
using VpcRouter.Health;
using VpcRouter.Hosting;
using VpcRouter.Hosting.Events;
using VpcRouter.Hosting.Journaling;
using VpcRouter.Reconciliation;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;
using static VpcRouter.Tests.Reconciliation.Writing.WritingRig;

namespace VpcRouter.Tests.Hosting.Journaling;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class JournalLinesTests
{
    private static readonly DateTimeOffset Now = TestVpc.Start;
    private readonly JournalLines _lines = new(() => "vpc-1");
    private readonly ArrayBufferWriter<byte> _written = new();

    [Test]
    public void Add_Plan_WritesALineForEachChange() =>
        Kinds(Plan(Failovers(2))).Should().Equal("decision", "decision");

    [Test]
    public void Add_SameChangePlannedAgain_IsNoNewDecision()
    {
        Kinds(Plan(Failovers(2)));

        Kinds(Plan(Failovers(3))).Should().HaveCount(3);
    }

    [Test]
    public void Add_SameChangeForAnotherReason_IsANewDecision()
    {
        Kinds(Plan(Failovers(1)));

        Kinds(Plan([Failovers(1)[0] with { Reason = "another" }])).Should().HaveCount(2);
    }

    [Test]
    public void Add_Write_SaysEverythingAboutIt()
    {
        var change = Failovers(1)[0] with { OldRouter = TestSpec.Host(1), NewRouter = TestSpec.Host(2), VerdictAt = Now.AddSeconds(-1) };

        var line = Lines(new WriteEvent(new RouteChangeOutcome(change, Now.AddMilliseconds(12.5), null) { RequestedAt = Now })).Single();

        line.Should().Be("""{"time":"2026-01-01T00:00:00.0125Z","kind":"write","vpc":"vpc-1","change":"failover","destination":"10.0.0.0/24","table":"rtb-1","from":"eni-1","to":"eni-2","old_router":"10.0.0.1","new_router":"10.0.0.2","reason":"as the test wants it","verdict_time":"2025-12-31T23:59:59Z","action":"ReplaceRoute","request_time":"2026-01-01T00:00:00Z","duration_ms":12.5,"answer":"ok"}""");
    }

    [Test]
    public void Add_WriteRefused_SaysCodeAndMessage()
    {
        var line = Lines(new WriteEvent(new RouteChangeOutcome(Failovers(1)[0], Now, InMemoryVpc.Error(VpcApiErrorKind.Throttled)))).Single();

        using var json = JsonDocument.Parse(line);
        (json.RootElement.GetProperty("answer").GetString(), json.RootElement.GetProperty("message").GetString()).Should().Be(("RequestLimitExceeded", "as the test wants it"));
    }

    [Test]
    public void Add_Verdict_SaysWhatChanged()
    {
        var line = Lines(new VerdictEvent(Now, TestSpec.Failed(1), TestSpec.Report([2], [3]))).Single();

        line.Should().Contain("\"failed\":1,\"questionable\":1,\"now_failed\":[\"10.0.0.2\"],\"now_questionable\":[\"10.0.0.3\"],\"now_healthy\":[\"10.0.0.1\"]");
    }

    [Test]
    public void Add_ReasonWithALineBreak_StaysOneLine() =>
        Lines(Plan([Failovers(1)[0] with { Reason = "one\ntwo" }])).Should().ContainSingle();

    [Test]
    public void Add_AnyEvent_WritesWholeJson()
    {
        var lines = Lines(
            new SpecEvent(Now, TestSpec.Of("10.1.0.0/16", 1)),
            new VerdictEvent(Now, null, HealthReport.AllHealthy),
            new GuardEvent(new GuardStatus("max-deletes", true, "holds 500 deletions back", Now)),
            Plan(Deletes(1)));

        lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString()).Should().Equal("spec", "verdict", "guard", "decision");
    }

    private static PlanEvent Plan(params RouteChange[] changes) => new(Now, new RoutePlan([.. changes], ["rtb-1"], []), false);

    private List<string?> Kinds(params RouterEvent[] events) =>
        [.. Lines(events).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString())];

    private string[] Lines(params RouterEvent[] events)
    {
        foreach (var happened in events)
            _lines.Add(happened, _written);
        return Encoding.UTF8.GetString(_written.WrittenSpan).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
