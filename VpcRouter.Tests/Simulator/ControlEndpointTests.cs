using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace VpcRouter.Tests.Simulator;

public sealed class ControlEndpointTests : SimulatorFixture
{
    [TestCase("dead", "running", false)]
    [TestCase("\"stopping\"", "stopping", false)]
    [TestCase("{\"state\":\"stopped\"}", "stopped", false)]
    [TestCase("Terminated\n", "terminated", false)]
    [TestCase("alive", "running", true)]
    public async Task Put_EachSpelling_ChangesTheHost(string body, string instanceState, bool answering)
    {
        (await PutAsync("127.9.1.10", body)).Status.Should().Be(HttpStatusCode.NoContent);
        var host = (await StateAsync()).GetProperty("hosts")[0];
        host.GetProperty("instanceState").GetString().Should().Be(instanceState);
        host.GetProperty("answering").GetBoolean().Should().Be(answering);
    }

    [Test]
    public async Task Put_AliveAfterStopped_Revives()
    {
        await PutAsync("127.9.1.10", "stopped");
        await PutAsync("127.9.1.10", "alive");
        (await StateAsync()).GetProperty("hosts")[0].GetProperty("answering").GetBoolean().Should().BeTrue();
    }

    [TestCase("")]
    [TestCase("undead")]
    [TestCase("1")]
    [TestCase("{\"state\":")]
    [TestCase("{\"mood\":\"dead\"}")]
    [TestCase("{\"state\":[]}")]
    public async Task Put_NoState_IsBadRequestThatListsThem(string body)
    {
        var answer = await PutAsync("127.9.1.10", body);
        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Body.Should().Contain("alive, dead, stopping, stopped, terminated");
    }

    [TestCase("127.9.9.9")]
    [TestCase("nonsense")]
    public async Task Put_UnknownAddress_IsNotFound(string address) =>
        (await PutAsync(address, "dead")).Status.Should().Be(HttpStatusCode.NotFound);

    [Test]
    public async Task Put_AliveAfterTermination_IsConflict()
    {
        await PutAsync("127.9.1.10", "terminated");
        (await PutAsync("127.9.1.10", "alive")).Status.Should().Be(HttpStatusCode.Conflict);
    }

    [Test]
    public async Task GetState_Routes_NameTheirRouter()
    {
        var table = (await StateAsync()).GetProperty("routeTables")[1];
        table.GetProperty("subnets")[0].GetString().Should().Be("subnet-2");
        var route = table.GetProperty("routes")[0];
        (route.GetProperty("destination").GetString(), route.GetProperty("target").GetString(), route.GetProperty("router").GetString(),
            route.GetProperty("state").GetString(), route.GetProperty("origin").GetString())
            .Should().Be(("10.1.0.0/16", "eni-1", "127.9.1.10", "active", "CreateRoute"));
    }

    [Test]
    public async Task GetState_Since_ShowsLaterCallsOnly()
    {
        await Ec2.DescribeVpcsAsync();
        await Ec2.DescribeSubnetsAsync();
        var calls = (await StateAsync("?since=1")).GetProperty("calls");
        calls.GetArrayLength().Should().Be(1);
        calls[0].GetProperty("action").GetString().Should().Be("DescribeSubnets");
        calls[0].GetProperty("sequence").GetInt64().Should().Be(2);
    }

    private async Task<(HttpStatusCode Status, string Body)> PutAsync(string address, string body)
    {
        using var content = new StringContent(body);
        using var answer = await Http.PutAsync(new Uri($"/_simulator/hosts/{address}/state", UriKind.Relative), content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private Task<JsonElement> StateAsync(string query = "") =>
        Http.GetFromJsonAsync<JsonElement>(new Uri("/_simulator/state" + query, UriKind.Relative));
}
