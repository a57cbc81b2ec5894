using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amazon.EC2.Model;
using VpcRouter.Simulator;
using VpcRouter.Simulator.Faults;

namespace VpcRouter.Tests.Simulator;

public sealed class FaultsControlTests : SimulatorFixture
{
    private const string Faults = """{"errors":[{"actions":"DescribeVpcs","calls":1,"code":"InternalError"}],"pages":[{"maxItems":2}]}""";

    protected override SimulatorOptions Options => new()
    {
        Topology = TestTopology.Small,
        Faults = SimulatorFaults.Parse("""{ "errors": [{ "actions": "DescribeSubnets", "code": "Unavailable" }] }"""),
    };

    [Test]
    public async Task Options_Faults_AreInForceFromTheStart() => (await CodeOf(() => Ec2.DescribeSubnetsAsync())).Should().Be("Unavailable");

    [Test]
    public async Task Put_Faults_ReplacesAllThatWere()
    {
        (await PutAsync(Faults)).Status.Should().Be(HttpStatusCode.NoContent);
        (await Ec2.DescribeSubnetsAsync()).Subnets.Should().HaveCount(2);
        (await CodeOf(() => Ec2.DescribeVpcsAsync())).Should().Be("InternalError");
    }

    [Test]
    public async Task Get_AfterStrikes_ShowsTheDocumentAndTheCounts()
    {
        await PutAsync(Faults);
        await CodeOf(() => Ec2.DescribeVpcsAsync());
        await Ec2.DescribeVpcsAsync(new DescribeVpcsRequest { MaxResults = 5 });
        var shown = await GetAsync();
        shown.GetProperty("faults").GetRawText().Should().Be(Faults);
        shown.GetProperty("struck").GetRawText().Should().Be("""{"$.errors[0]":1,"$.pages[0]":1}""");
        shown.GetProperty("since").GetDateTimeOffset().Should().BeAfter(DateTimeOffset.UnixEpoch);
    }

    [Test]
    public async Task Put_EmptyObject_ClearsAll()
    {
        await PutAsync("{}");
        (await Ec2.DescribeSubnetsAsync()).Subnets.Should().HaveCount(2);
        (await GetAsync()).GetProperty("struck").GetRawText().Should().Be("{}");
    }

    [Test]
    public async Task Put_WrongDocument_NamesEveryErrorAndChangesNothing()
    {
        var (status, body) = await PutAsync("""{ "seed": "x", "latency": [{}], "oops": 1 }""");
        status.Should().Be(HttpStatusCode.BadRequest);
        body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(':')[0])
            .Should().Equal("$.oops", "$.seed", "$.latency[0].seconds");
        (await CodeOf(() => Ec2.DescribeSubnetsAsync())).Should().Be("Unavailable");
    }

    [TestCase("impaired", "impaired")]
    [TestCase("{\"status\":\"retiring\"}", "retiring")]
    [TestCase("OK", "ok")]
    public async Task PutStatus_EachSpelling_ShowsInTheState(string body, string expected)
    {
        (await PutAsync(body, "hosts/127.9.1.10/status")).Status.Should().Be(HttpStatusCode.NoContent);
        Host.Vpc.GetState().Hosts[0].Status.Should().Be(expected);
    }

    [TestCase("ill", "127.9.1.10", HttpStatusCode.BadRequest)]
    [TestCase("ok", "127.9.9.9", HttpStatusCode.NotFound)]
    public async Task PutStatus_Wrong_IsRefused(string body, string address, HttpStatusCode expected) =>
        (await PutAsync(body, $"hosts/{address}/status")).Status.Should().Be(expected);

    [Test]
    public async Task PutStatus_Terminated_IsConflict()
    {
        await PutAsync("terminated", "hosts/127.9.1.10/state");
        (await PutAsync("impaired", "hosts/127.9.1.10/status")).Status.Should().Be(HttpStatusCode.Conflict);
    }

    [Test]
    public async Task PutState_ReplacedAfterTermination_BringsTheHostBack()
    {
        await PutAsync("terminated", "hosts/127.9.1.10/state");
        (await PutAsync("replaced", "hosts/127.9.1.10/state")).Status.Should().Be(HttpStatusCode.NoContent);
        Host.Vpc.GetState().Hosts[0].Answering.Should().BeTrue();
    }

    private async Task<(HttpStatusCode Status, string Body)> PutAsync(string body, string path = "faults")
    {
        using var content = new StringContent(body);
        using var answer = await Http.PutAsync(new Uri("/_simulator/" + path, UriKind.Relative), content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private Task<JsonElement> GetAsync() => Http.GetFromJsonAsync<JsonElement>(new Uri("/_simulator/faults", UriKind.Relative));
}
