using System.Net;
using System.Text.Json.Nodes;
using VpcRouter.AspNetCore.Responses;

namespace VpcRouter.Tests.AspNetCore;

public class RouteQueryTests
{
    private EndpointHost _host = null!;

    [SetUp]
    public async Task StartHost() => _host = await EndpointHost.StartAsync(status: StatusSamples.AtWork);

    [TearDown]
    public async Task StopHost() => await _host.DisposeAsync();

    [TestCase("cidr=10.1.0.0/16", "10.1.0.0/16")]
    [TestCase("cidr=10.1.2.3", "10.1.0.0/16")]
    [TestCase("cidr=10.0.0.0/14", "10.1.0.0/16,10.2.0.0/16,10.3.0.0/16")]
    [TestCase("cidr=pl-1", "")]
    [TestCase("state=error", "10.4.0.0/16")]
    [TestCase("state=no_router", "10.3.0.0/16")]
    [TestCase("state=ok", "10.1.0.0/16,10.2.0.0/16")]
    [TestCase("router=10.33.30.22", "10.1.0.0/16")]
    [TestCase("table=rtb-1", "10.1.0.0/16,10.2.0.0/16,10.3.0.0/16,10.4.0.0/16")]
    [TestCase("table=rtb-unmanaged", "")]
    [TestCase("q=.3.", "10.3.0.0/16")]
    [TestCase("q=30.22", "10.1.0.0/16,10.2.0.0/16")]
    [TestCase("limit=2&offset=1", "10.2.0.0/16,10.3.0.0/16")]
    [TestCase("cidr=", "10.1.0.0/16,10.2.0.0/16,10.3.0.0/16,10.4.0.0/16")]
    public async Task RouteInfo_Filtered_ShowsWhatIsAskedFor(string query, string expected)
    {
        var page = await JsonOf("/route_info?" + query);

        string.Join(',', page["details"]!.AsObject().Select(pair => pair.Key)).Should().Be(expected);
        page["routes"]!.AsObject().Select(pair => pair.Key).Should().Equal(page["route_spec"]!.AsObject().Select(pair => pair.Key));
    }

    [TestCase("cidr=10.4.0.0/16", """{"rtb-1":["10.4.0.0/16"]}""")]
    [TestCase("state=error", """{"rtb-1":["10.4.0.0/16"]}""")]
    [TestCase("router=10.33.30.22", """{"rtb-1":["10.1.0.0/16"]}""")]
    [TestCase("limit=1&offset=3", """{"rtb-1":["10.4.0.0/16"]}""")]
    [TestCase("table=rtb-1&q=.2.0", """{"rtb-1":["10.2.0.0/16"]}""")]
    [TestCase("table=rtb-other", "{}")]
    public async Task Vpc_Filtered_ShowsWhatIsAskedFor(string query, string expected)
    {
        var tables = (await JsonOf("/vpc?" + query))["route_tables"]!.AsObject();

        new JsonObject(tables.Select(table => KeyValuePair.Create<string, JsonNode?>(table.Key, new JsonArray([.. table.Value!.AsObject().Select(pair => JsonValue.Create(pair.Key))])))).ToJsonString().Should().Be(expected);
    }

    [Test]
    public async Task RouteInfo_MoreThanAPage_NamesTheNextUntilTheLast()
    {
        var seen = new List<string>();
        string? next = "/route_info?limit=3&q=10.";
        while (next is not null)
        {
            using var response = await _host.SendAsync(HttpMethod.Get, next, null, ("Accept", "application/json"));
            var page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            page["total"]!.GetValue<int>().Should().Be(4);
            seen.AddRange(page["details"]!.AsObject().Select(pair => pair.Key));
            next = page["next"]?.ToString();
            response.Headers.TryGetValues("Link", out var link).Should().Be(next is not null);
            (link?.Single()).Should().Be(next is null ? null : $"<{next}>; rel=\"next\"");
        }

        seen.Should().Equal("10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16");
    }

    [TestCase("cidr=10.0.0", "?cidr= \"10.0.0\" is neither a CIDR nor an address nor a prefix list; give for example")]
    [TestCase("table=main", "?table= \"main\" is not the id of a route table; give for example rtb-")]
    [TestCase("state=good", "?state= \"good\" is none of foreign, absent, ok, pending, no_router, error; give one of them")]
    [TestCase("state=OK", "?state= \"OK\" is none of")]
    [TestCase("router=host", "?router= \"host\" is not an address; give for example")]
    [TestCase("limit=0", "?limit= \"0\" is no number from 1 to 5000; give one")]
    [TestCase("limit=5001", "?limit= \"5001\"")]
    [TestCase("offset=-1", "?offset= \"-1\" is no number from 0")]
    [TestCase("limit=1&limit=2", "?limit= is given 2 times; give it once")]
    public async Task RouteInfo_WrongValue_NamesParameterValueAndRemedy(string query, string expected)
    {
        using var response = await _host.SendAsync(HttpMethod.Get, "/route_info?" + query);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).Should().StartWith(expected);
    }

    [TestCase("/vpc")]
    [TestCase("/route_info")]
    public async Task Page_SeveralWrongValues_ListsEveryOne(string path)
    {
        using var response = await _host.SendAsync(HttpMethod.Get, path + "?limit=x&offset=%1b[2J", null, ("Accept", "application/json"));

        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]!.AsArray().Select(error => error!.ToString()).Should().SatisfyRespectively(
            error => error.Should().StartWith("?offset= \"?[2J\""),
            error => error.Should().StartWith("?limit= \"x\""));
    }

    [Test]
    public async Task RouteInfo_AtWork_TellsWhoCouldAndWhy()
    {
        var details = (await JsonOf("/route_info"))["details"]!;

        details["10.1.0.0/16"]!.ToJsonString(JsonOutput.Compact).Should().Be(
            """{"state":"ok","router":"10.33.30.22","target":"eni-b","select":"spread","tables":1,"since":"2026-03-01T12:00:00+00:00","reason":"10.33.20.93 has failed","previous_router":"10.33.20.93","last_error":null,"candidates":["""
            + """{"host":"10.33.20.93","health":"failed","health_since":"2026-03-01T11:59:30+00:00","health_age_seconds":30,"zone":"us-east-1a","interface":"eni-a","instance":"i-a"},"""
            + """{"host":"10.33.30.22","health":"questionable","health_since":"2026-03-01T11:59:30+00:00","health_age_seconds":30,"zone":"us-east-1a","interface":"eni-b","instance":"i-b"}]}""");
        details["10.4.0.0/16"]!["last_error"]!.ToJsonString(JsonOutput.Compact).Should().Be("""{"code":"RouteLimitExceeded","message":"The table is full.","at":"2026-03-01T12:00:00+00:00"}""");
        details["10.4.0.0/16"]!["since"].Should().BeNull();
    }

    [Test]
    public async Task RouteInfo_Browser_GetsABoundedPage()
    {
        using var response = await _host.SendAsync(HttpMethod.Get, "/route_info?limit=3", null, ("Accept", "text/html"));

        (await response.Content.ReadAsStringAsync()).Should().Contain("<th>10.3.0.0/16</th>").And.NotContain("<th>10.4.0.0/16</th>").And.Contain("/route_info?limit=3&amp;offset=3");
    }

    private async Task<JsonObject> JsonOf(string path)
    {
        using var response = await _host.SendAsync(HttpMethod.Get, path, null, ("Accept", "application/json"));
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }
}
