using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Vpc;

public sealed class VpcSnapshotTests
{
    private static readonly NetworkInterface Claim = new("eni-5", "subnet-a", "a", [TestSpec.Host(1)]) { InstanceId = "i-5" };

    [Test]
    public void InterfaceOf_UnknownAddress_IsNull() => new TestVpc().Snapshot().InterfaceOf(TestSpec.Host(1)).Should().BeNull();

    [Test]
    public void InterfaceOf_DetachedAndAttachedClaim_GivesTheAttached() => Winner(Claim with { IsAttached = false }, Claim with { Id = "eni-6" }).Should().Be("eni-6");

    [Test]
    public void InterfaceOf_StoppedAndRunningClaim_GivesTheRunning() => Winner(Claim with { IsInstanceRunning = false }, Claim with { Id = "eni-6" }).Should().Be("eni-6");

    [Test]
    public void InterfaceOf_EqualClaims_GivesTheLowerIdInAnyOrder() => Winner(Claim with { Id = "eni-6" }, Claim).Should().Be("eni-5");

    private static string Winner(params NetworkInterface[] claims) =>
        claims.Aggregate(new TestVpc(), (vpc, claim) => vpc.With(claim)).Snapshot().InterfaceOf(TestSpec.Host(1))!.Id;
}
