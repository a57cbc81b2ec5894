using VpcRouter.Simulator.Faults;
using VpcRouter.Vpc;
using VpcRouter.Vpc.Ec2;

namespace VpcRouter.Tests.Adapter;

/// <summary>What is asked before anything is written, over the wire.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class InspectorTests
{
    [Test]
    public async Task DescribeAsync_Vpc_HasOwnerAndBothFamilies()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        using var ec2 = Ec2ClientFactory.Create("eu-west-1", vpc.Simulator.Endpoint);

        var found = await new Ec2VpcInspector(ec2, "vpc-0adab7e4").DescribeAsync(CancellationToken.None);

        found.OwnerId.Should().Be("123456789012");
        found.Cidrs.Select(cidr => cidr.ToString()).Should().Equal("127.0.0.0/16", "fd00:7f00::/56");
    }

    [Test]
    public async Task DescribeAsync_VpcUnknown_SaysVpcNotFound()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        using var ec2 = Ec2ClientFactory.Create("eu-west-1", vpc.Simulator.Endpoint);

        var failure = await new Ec2VpcInspector(ec2, "vpc-0badbad").Awaiting(inspector => inspector.DescribeAsync(CancellationToken.None)).Should().ThrowAsync<VpcApiException>();

        failure.Which.Kind.Should().Be(VpcApiErrorKind.VpcNotFound);
    }

    [TestCase("{}", true, "DryRunOperation")]
    [TestCase("""{ "denied": [{}] }""", false, "UnauthorizedOperation")]
    [TestCase("""{ "credentials": [{ "state": "invalid" }] }""", null, "AuthFailure")]
    public async Task AskAsync_EachAction_IsAnsweredWithoutChangingAnything(string faults, bool? allowed, string code)
    {
        await using var vpc = await AdapterVpc.StartAsync();
        using var ec2 = Ec2ClientFactory.Create("eu-west-1", vpc.Simulator.Endpoint);
        vpc.Simulator.Vpc.SetFaults(SimulatorFaults.Parse(faults));
        var before = vpc.Simulator.Vpc.GetState().RouteTables;

        foreach (var action in Enum.GetValues<Ec2Action>())
        {
            var answer = await new Ec2VpcInspector(ec2, "vpc-0adab7e4").AskAsync(action, "rtb-a", "eni-0a", CancellationToken.None);

            (answer.Action, answer.IsAllowed, answer.Code).Should().Be((action, allowed, code));
            answer.RouteTableId.Should().Be(action < Ec2Action.CreateRoute ? null : "rtb-a");
        }

        vpc.Simulator.Vpc.GetState().RouteTables.Should().BeEquivalentTo(before);
    }

    [Test]
    public async Task GetPrefixListSizesAsync_SomeUnknown_GivesTheOthers()
    {
        await using var vpc = await AdapterVpc.StartAsync();
        using var ec2 = Ec2ClientFactory.Create("eu-west-1", vpc.Simulator.Endpoint);

        var sizes = await new Ec2VpcInspector(ec2, "vpc-0adab7e4").GetPrefixListSizesAsync(["pl-0d1c2b3a", "pl-0badbad"], CancellationToken.None);

        sizes.Should().Equal(new Dictionary<string, int> { ["pl-0d1c2b3a"] = 2 });
    }
}
