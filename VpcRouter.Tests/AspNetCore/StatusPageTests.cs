using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.Hosting;
using VpcRouter.Plugins;
using VpcRouter.Watchers;

namespace VpcRouter.Tests.AspNetCore;

public class StatusPageTests
{
    [Test]
    public async Task Overview_Asked_HasTheShapeOfTheOriginal()
    {
        await using var host = await EndpointHost.StartAsync();

        var page = await JsonOf(host, "/");

        page.Select(pair => pair.Key).Should().Equal("SERVER", "params", "plugins", "ips", "route_info", "vpc");
        page["SERVER"]!["version"]!.ToString().Should().NotContain("+");
        page["SERVER"]!["start_time"]!.ToString().Should().Be("2026-03-01T11:00:00+00:00");
        page["SERVER"]!["current_time"]!.ToString().Should().Be("2026-03-01T12:00:00+00:00");
        page["params"]!["route_recheck_interval"]!.GetValue<double>().Should().Be(30);
        page["params"]!["ignore_routes"]!.ToString().Should().Be("10.9.0.0/16,0.0.0.0/0");
        page["ips"]!.ToJsonString().Should().Be("""{"_href":"/ips"}""");
    }

    [Test]
    public async Task Overview_MountedBelowPrefix_LinksBelowIt()
    {
        await using var host = await EndpointHost.StartAsync("/router");

        (await JsonOf(host, "/router"))["vpc"]!["_href"]!.ToString().Should().Be("/router/vpc");
        using var html = await host.SendAsync(HttpMethod.Get, "/router/vpc", null, ("Accept", "text/html"));
        (await html.Content.ReadAsStringAsync()).Should().Contain("href=\"/router/\"").And.Contain("href=\"/router/page/page.css\"");
    }

    [TestCase("", "/")]
    [TestCase("/router", "/router")]
    [TestCase("/router", "/router/")]
    public async Task Overview_Browser_IsThePageWithItsFilesBesideIt(string prefix, string path)
    {
        await using var host = await EndpointHost.StartAsync(prefix);

        using var page = await host.SendAsync(HttpMethod.Get, path, null, ("Accept", "text/html"));

        var html = await page.Content.ReadAsStringAsync();
        html.Should().Contain($"src=\"{prefix}/page/page.js\"").And.NotContain("{{");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        policy.Should().Contain("default-src 'none'").And.Contain("frame-ancestors 'none'").And.NotContain("unsafe");
        foreach (var file in (string[])["page.js", "page.css", "page.svg", "routes.js", "net.js", "map.js", "timeline.js", "dom.js"])
        {
            using var answer = await host.SendAsync(HttpMethod.Get, $"{prefix}/page/{file}");
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
            using var again = await host.SendAsync(HttpMethod.Get, $"{prefix}/page/{file}", null, ("If-None-Match", answer.Headers.ETag!.ToString()));
            again.StatusCode.Should().Be(HttpStatusCode.NotModified);
        }
    }

    [TestCase("/page/page.html")]
    [TestCase("/page/..%2fVpcRouter")]
    public async Task File_Unknown_IsNotFound(string path)
    {
        await using var host = await EndpointHost.StartAsync();

        using var answer = await host.SendAsync(HttpMethod.Get, path);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Topology_AtWork_CountsAndNamesTheSickFirst()
    {
        await using var host = await EndpointHost.StartAsync(status: StatusSamples.AtWork with { Guards = [new GuardStatus("max-deletes", true, "holds 5 deletions back", EndpointHost.Now.AddSeconds(-2))] });

        var page = await JsonOf(host, "/topology?hosts=1");

        page["routes"]!.ToJsonString().Should().Be("""{"absent":0,"ok":2,"pending":0,"no_router":1,"error":1}""");
        page["hosts"]!.AsArray().Single()!.ToJsonString(JsonOutput.Compact).Should().Be(
            """{"host":"10.33.20.93","health":"failed","health_since":"2026-03-01T11:59:30+00:00","health_age_seconds":30,"routes":0,"zone":"us-east-1a","subnet":"subnet-1","interface":"eni-a","instance":"i-a","attached":true}""");
        page["health"]!.ToJsonString(JsonOutput.Compact).Should().Be("""{"observer":"icmpecho","observed_at":"2026-03-01T11:59:30+00:00","healthy":0,"questionable":1,"failed":1}""");
        page["guards"]![0]!.ToJsonString(JsonOutput.Compact).Should().Be("""{"name":"max-deletes","active":true,"message":"holds 5 deletions back","since":"2026-03-01T11:59:58+00:00","age_seconds":2}""");
        page["warnings"]!.AsArray().Should().ContainSingle();
    }

    [Test]
    public async Task Hosts_AtWork_ListsFullLists()
    {
        await using var host = await EndpointHost.StartAsync(status: StatusSamples.AtWork);

        (await JsonOf(host, "/ips")).ToJsonString().Should().Be(
            """{"failed_ips":["10.33.20.93"],"questionable_ips":["10.33.30.22"],"working_set":["10.33.20.93","10.33.30.22"]}""");
    }

    [TestCase("/ips", """{"failed_ips":[],"questionable_ips":[],"working_set":[]}""")]
    [TestCase("/plugins", "{}")]
    [TestCase("/route_info", """{"route_spec":{},"routes":{},"ignore_routes":["10.9.0.0/16","0.0.0.0/0"],"details":{},"total":0,"next":null}""")]
    [TestCase("/vpc", """{"time":null,"route_tables":{},"details":{},"guards":[],"warnings":[],"total":0,"next":null}""")]
    public async Task Page_NothingKnownYet_IsEmpty(string path, string expected)
    {
        await using var host = await EndpointHost.StartAsync();

        (await JsonOf(host, path)).ToJsonString().Should().Be(expected);
    }

    [Test]
    public async Task RouteInfo_AtWork_NamesRoutersThatAreEligible()
    {
        await using var host = await EndpointHost.StartAsync(status: StatusSamples.AtWork);

        var page = await JsonOf(host, "/route_info");

        page["route_spec"]!["10.2.0.0/16"]!.ToJsonString().Should().Be("""{"hosts":["10.33.30.22"],"select":"ordered","failback":"90s"}""");
        page["routes"]!.ToJsonString().Should().Be(
            """{"10.1.0.0/16":["10.33.30.22","i-b","eni-b"],"10.2.0.0/16":[null,"i-x","eni-x"],"10.3.0.0/16":[null,null,null],"10.4.0.0/16":null}""");
    }

    [Test]
    public async Task Vpc_AtWork_TellsWhatWasDoneLast()
    {
        await using var host = await EndpointHost.StartAsync(status: StatusSamples.AtWork);

        var tables = (await JsonOf(host, "/vpc"))["route_tables"]!.AsObject();

        tables.Select(pair => pair.Key).Should().Equal("rtb-1");
        tables["rtb-1"]!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.ToString()).Should().Equal(new Dictionary<string, string>
        {
            ["10.1.0.0/16"] = "inst: i-b, eni: eni-b, r_ip: 10.33.30.22, o_r_ip: 10.33.20.93, msg: 10.33.20.93 has failed",
            ["10.2.0.0/16"] = "inst: i-x, eni: eni-x, r_ip: -, o_r_ip: -, msg: -",
            ["10.3.0.0/16"] = "inst: -, eni: -, r_ip: -, o_r_ip: -, msg: -",
            ["10.4.0.0/16"] = "inst: -, eni: -, r_ip: -, o_r_ip: -, msg: the route is missing; failed: RouteLimitExceeded: The table is full.",
        });
    }

    [Test]
    public async Task Plugins_WatcherRuns_ShowsSettingsAndFigures()
    {
        var path = Path.GetTempFileName();
        try
        {
            var status = StatusSamples.AtWork with { Watcher = new PluginStatus(Make("configfile", ("file", path)), true, null, EndpointHost.Now) };
            await using var host = await EndpointHost.StartAsync(status: status);

            var plugin = (await JsonOf(host, "/plugins"))["configfile"]!;

            plugin["version"]!.ToString().Should().Be("built-in");
            plugin["params"]!["file"]!.ToString().Should().Be(path);
            plugin["stats"]!.AsObject().ContainsKey("last_route_spec_update").Should().BeTrue();
            plugin["up"]!.GetValue<bool>().Should().BeTrue();
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task Plugins_FiguresThatCantBeWritten_KeepsThePage()
    {
        var statistics = Substitute.For<IWatcherPlugin, IPluginStatistics>();
        ((IPluginStatistics)statistics).GetStatistics().Returns(_ => throw new InvalidOperationException("no figures"));
        var instance = Make("fixedconf", ("fixed-cidr", "10.0.0.0/8"), ("fixed-hosts", "10.0.0.1")) with { Plugin = statistics };
        await using var host = await EndpointHost.StartAsync(status: new RouterStatus { Watcher = new PluginStatus(instance, false, "it broke", EndpointHost.Now) });

        var plugin = (await JsonOf(host, "/plugins"))["fixedconf"]!;

        plugin["stats"]!["error"]!.ToString().Should().Be("no figures");
        plugin["last_error"]!.ToString().Should().Be("it broke");
    }

    private static PluginInstance Make(string name, params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton(new VpcRouter.RouteSpecs.RouteSpecReader()).BuildServiceProvider();
        var values = new PluginSettings(settings.ToDictionary(pair => pair.Name, pair => pair.Value));
        return new PluginFactory(PluginCatalog.FromAssemblies(BuiltInWatchers.Assembly), values, services).Create(PluginKind.Watcher, name);
    }

    private static async Task<JsonObject> JsonOf(EndpointHost host, string path)
    {
        using var response = await host.SendAsync(HttpMethod.Get, path, null, ("Accept", "application/json"));
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }
}
