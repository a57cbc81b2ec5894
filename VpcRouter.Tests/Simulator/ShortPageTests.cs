using Amazon.EC2.Model;

namespace VpcRouter.Tests.Simulator;

public sealed class ShortPageTests : FaultFixture
{
    [TestCase(null)]
    [TestCase(100)]
    public async Task Pages_Cap_CutsEveryPage(int? maxResults)
    {
        Put("""{ "pages": [{ "maxItems": 2 }] }""");
        (await PagesAsync(maxResults)).Should().Equal(2, 1);
        Host.Vpc.GetFaults().Struck["$.pages[0]"].Should().Be(2);
    }

    [Test]
    public async Task Pages_Empty_LeadOnToTheItems()
    {
        Put("""{ "pages": [{ "calls": 2, "maxItems": 0 }, { "maxItems": 1 }] }""");
        (await PagesAsync(100)).Should().Equal(0, 0, 1, 1, 1);
    }

    [Test]
    public async Task Pages_EmptyInTheMiddle_LoseNothing()
    {
        Put("""{ "pages": [{ "skipCalls": 1, "calls": 1, "maxItems": 0 }, { "maxItems": 2 }] }""");
        (await PagesAsync(100)).Should().Equal(2, 0, 1);
    }

    [Test]
    public async Task Pages_ExplicitIds_AreNotCut()
    {
        Put("""{ "pages": [{ "maxItems": 1 }] }""");
        (await Ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest { NetworkInterfaceIds = ["eni-1", "eni-2"] }))
            .NetworkInterfaces.Should().HaveCount(2);
        Host.Vpc.GetFaults().Struck["$.pages[0]"].Should().Be(0);
    }

    private async Task<List<int>> PagesAsync(int? maxResults)
    {
        var sizes = new List<int>();
        var seen = new HashSet<string>();
        string? token = null;
        do
        {
            var page = await Ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest { MaxResults = maxResults, NextToken = token });
            sizes.Add(page.NetworkInterfaces?.Count ?? 0);
            seen.UnionWith((page.NetworkInterfaces ?? []).Select(n => n.NetworkInterfaceId));
            token = page.NextToken;
        }
        while (token is not null);
        seen.Should().HaveCount(3);
        return sizes;
    }
}
