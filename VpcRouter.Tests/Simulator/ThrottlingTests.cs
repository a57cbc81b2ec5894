using Amazon.EC2.Model;

namespace VpcRouter.Tests.Simulator;

public sealed class ThrottlingTests : FaultFixture
{
    [Test]
    public async Task Throttling_NotAskedFor_IsOff() => (await CountUntilThrottledAsync(() => Ec2.DescribeVpcsAsync(), 120)).Should().Be(120);

    [Test]
    public async Task Throttling_Describe_HasABurstOf100And20MoreASecond()
    {
        Put("""{ "throttling": {} }""");
        (await CountUntilThrottledAsync(() => Ec2.DescribeVpcsAsync())).Should().Be(100);
        Time.Advance(TimeSpan.FromSeconds(1));
        (await CountUntilThrottledAsync(() => Ec2.DescribeVpcsAsync())).Should().Be(20);
        (await CountUntilThrottledAsync(() => Ec2.DescribeSubnetsAsync())).Should().Be(100, "each action has its own bucket");
    }

    [Test]
    public async Task Throttling_UnfilteredInstances_HaveASmallerBucketOfTheirOwn()
    {
        Put("""{ "throttling": {} }""");
        (await CountUntilThrottledAsync(() => Ec2.DescribeInstancesAsync())).Should().Be(50);
        Time.Advance(TimeSpan.FromSeconds(1));
        (await CountUntilThrottledAsync(() => Ec2.DescribeInstancesAsync())).Should().Be(10);
        (await CountUntilThrottledAsync(() => Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { MaxResults = 5 }))).Should().Be(100);
        (await CountUntilThrottledAsync(() => Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = ["i-1"] }))).Should().Be(0);
    }

    [Test]
    public async Task Throttling_Writes_HaveABurstOf50And5MoreASecond()
    {
        Put("""{ "throttling": {} }""");
        (await CountUntilThrottledAsync(() => CreateRouteAsync())).Should().Be(50);
        Time.Advance(TimeSpan.FromSeconds(1));
        (await CountUntilThrottledAsync(() => CreateRouteAsync())).Should().Be(5);
    }

    [Test]
    public async Task Throttling_OwnLimit_GoesBeforeEc2sAndIsCountedApart()
    {
        Put("""{ "throttling": { "limits": [{ "actions": "CreateRoute", "burst": 2, "refillPerSecond": 0.5 }] } }""");
        (await CountUntilThrottledAsync(() => CreateRouteAsync())).Should().Be(2);
        Time.Advance(TimeSpan.FromSeconds(2));
        (await CountUntilThrottledAsync(() => CreateRouteAsync())).Should().Be(1);
        (await CountUntilThrottledAsync(() => Ec2.DescribeVpcsAsync())).Should().Be(100);
        Host.Vpc.GetFaults().Struck.Should().Equal(new Dictionary<string, long> { ["$.throttling"] = 1, ["$.throttling.limits[0]"] = 2 });
    }

    [Test]
    public async Task Throttling_Refused_ChangesNothing()
    {
        Put("""{ "throttling": { "limits": [{ "actions": "CreateRoute", "burst": 0, "refillPerSecond": 0 }] } }""");
        (await CodeOf(() => CreateRouteAsync())).Should().Be("RequestLimitExceeded");
        HasRoute("10.7.0.0/16").Should().BeFalse();
        Host.Vpc.GetCalls().Should().ContainSingle().Which.Result.Should().Be("RequestLimitExceeded");
    }
}
