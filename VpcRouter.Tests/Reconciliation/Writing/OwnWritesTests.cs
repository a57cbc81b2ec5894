using VpcRouter.Reconciliation;
using VpcRouter.Reconciliation.Writing;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;
using static VpcRouter.Tests.Reconciliation.Writing.WritingRig;

namespace VpcRouter.Tests.Reconciliation.Writing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OwnWritesTests
{
    private static readonly DateTimeOffset Now = TestVpc.Start;
    private static readonly VpcSnapshot Seen = TestVpc.WithHosts(2).WithTable("rtb-1", TestVpc.Via("10.0.0.0/24", "eni-1")).Snapshot();
    private static readonly RouteChange Failover = Failovers(1)[0];
    private readonly OwnWrites _writes = new();

    [Test]
    public void Overlay_Written_ShowsTheNewTarget()
    {
        Answer(null);

        Shown().Should().Be("eni-2");
    }

    [Test]
    public void Overlay_NoAnswer_ShowsWhatEc2Shows()
    {
        Answer(VpcApiErrorKind.Unavailable);

        (Shown(), _writes.AnyUnconfirmed).Should().Be(("eni-1", true));
    }

    [Test]
    public void Overlay_NoAnswerAfterAnEarlierWrite_BelievesNeither()
    {
        Answer(null);
        Answer(VpcApiErrorKind.Unavailable);

        Shown().Should().Be("eni-1");
    }

    [Test]
    public void Has_NoAnswer_IsFalse()
    {
        Answer(VpcApiErrorKind.Unavailable);

        _writes.Has(Failover, 1).Should().BeFalse();
    }

    [Test]
    public void Remember_AnswerContradictsAnEarlierWrite_ForgetsIt()
    {
        Answer(null);
        Answer(VpcApiErrorKind.RouteAlreadyExists);

        (Shown(), _writes.AnyUnconfirmed).Should().Be(("eni-1", false));
    }

    [Test]
    public void Remember_ThrottledAfterAnEarlierWrite_KeepsIt()
    {
        Answer(null);
        Answer(VpcApiErrorKind.Throttled);

        Shown().Should().Be("eni-2");
    }

    [Test]
    public void Confirm_AMinuteAfterNoAnswer_LooksNoMore()
    {
        Answer(VpcApiErrorKind.Unavailable);

        _writes.Confirm(Seen, 2, Now + OwnWrites.Memory);

        _writes.AnyUnconfirmed.Should().BeFalse();
    }

    private void Answer(VpcApiErrorKind? error) =>
        _writes.Remember(new RouteChangeOutcome(Failover, Now, error is { } kind ? InMemoryVpc.Error(kind) : null));

    private string Shown() => _writes.Overlay(Seen).RouteTables[0].Routes[0].Target.Id;
}
